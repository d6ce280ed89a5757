package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * Adds messages of the past to the end of a room's log, each with its own time. Observers of {@link Committed} are not told of them: they
 * notify nobody, and what follows the log by position reads them there. Safe for every thread; each call waits for the database.
 */
@ApplicationScoped
public class PastMessages {

    /** The most messages of one call. */
    public static final int MOST = 1_000;

    @Inject
    private PastCommit commits;
    @Inject
    private Copies copies;
    @Inject
    private Views views;
    @Inject
    private Event<LogsDoubted> doubts;

    /** Who posted a message, and under which key. */
    public record Key(String author, String key) {}

    /** Whether messages can be added now: not while an instance of the previous version may be running. */
    public boolean arePossible() {
        return !copies.needed();
    }

    /** Those of these messages that the room has. */
    public Set<Key> stored(String room, Collection<Key> keys) {
        return commits.stored(room, keys);
    }

    /**
     * Adds those of these messages that the room does not have, in this order and in one transaction, and returns their number. A reply
     * whose thread the room does not have becomes a message of the room.
     *
     * @param messages at most {@link #MOST}
     * @throws IllegalStateException if there is no such room, or if messages can't be added now
     */
    public int add(String room, List<PastMessage> messages) {
        if (!arePossible() || messages.size() > MOST) {
            throw new IllegalStateException("Past messages can't be added to room " + room + " now");
        }
        PastCommit.Result result = commits.add(room, messages);
        views.advance(result.view());
        // Only who may see the room can follow it.
        if (result.added() > 0 && !result.view().members().byId().isEmpty()) {
            doubts.fire(new LogsDoubted(Set.of(room)));
        }
        return result.added();
    }
}
