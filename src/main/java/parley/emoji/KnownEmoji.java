package parley.emoji;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import parley.sql.Followed;

/** This instance's copy of the names of custom emoji. Without the database, what is known applies. Safe for every thread. */
@ApplicationScoped
public class KnownEmoji implements Followed {

    @Inject
    private EmojiRows rows;

    // Guarded by this.
    private long position = -1;
    private volatile All known = new All(0, Map.of());

    /**
     * All custom emoji.
     *
     * @param version another one if the emoji are others
     */
    public record All(long version, Map<String, Emoji> byName) {

        /** The emoji, by name. */
        public List<Emoji> sorted() {
            return byName.values().stream().sorted(Comparator.comparing(Emoji::name)).toList();
        }
    }

    /** All that this instance knows. Never waits. */
    public All all() {
        return known;
    }

    /** Whether there is a custom emoji with this name. Never waits. */
    public boolean has(String name) {
        return known.byName.containsKey(name);
    }

    @Override
    public String headQuery() {
        return EmojiRows.HEAD;
    }

    /** Takes over a change of this instance. */
    void catchUp() {
        catchUp(rows.head());
    }

    @Override
    public synchronized void catchUp(long head) {
        if (head != position) {
            known = new All(head, rows.all().stream().collect(Collectors.toUnmodifiableMap(Emoji::name, Function.identity())));
            position = head;
        }
    }

    Optional<byte[]> picture(String id) {
        return known.byName.values().stream().anyMatch(one -> one.picture().equals(id)) ? rows.picture(id) : Optional.empty();
    }
}
