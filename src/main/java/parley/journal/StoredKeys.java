package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import parley.protocol.Codec;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.sql.Statements;

/**
 * Finds messages by the keys of their authors, in the running transaction. A room's head is locked while its log grows, so what is not
 * found then is not stored. The log has an index of hashes; table {@code message} has the keys.
 */
@ApplicationScoped
public class StoredKeys {

    /**
     * The rooms of those posts that may be stored already; a hash can also be that of another post. Its parameters are rooms, authors, keys
     * and hashes. Counts, because the planner of the database would join by reading all of a table that is small now and large soon.
     */
    static final String SUSPECTS = """
            select post.room from unnest(cast(? as varchar array), cast(? as varchar array), cast(? as varchar array),
              cast(? as bigint array)) as post(room, author, client_key, hash)
            where (select count(*) from room_event e where e.key_hash = post.hash) > 0
              or (select count(*) from message m
                where m.room = post.room and m.author = post.author and m.client_key = post.client_key) > 0""";

    // One query of the index for each hash, for the same reason.
    private static final String FIND = """
            select hash, found from (select post.hash, (select min(e.log_offset) from room_event e
              where e.key_hash = post.hash and e.room = wanted.room) found
            from unnest(cast(? as bigint array)) as post(hash), (select cast(? as varchar) room) wanted) hit where found is not null""";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** The parameters of {@link #SUSPECTS}. */
    static Object[] parameters(List<PostKey> posts) {
        return new Object[] {posts.stream().map(PostKey::room).toArray(String[]::new),
                posts.stream().map(PostKey::author).toArray(String[]::new), posts.stream().map(PostKey::key).toArray(String[]::new),
                posts.stream().map(PostKey::hash).toArray(Long[]::new)};
    }

    /** Whether one of these posts is stored. */
    boolean hasAny(List<PostKey> posts) {
        return !posts.isEmpty() && Statements.finds(em, SUSPECTS, parameters(posts))
                && posts.stream().anyMatch(post -> find(post.room(), post.author(), post.key()).isPresent());
    }

    /** The offset of the message that an author posted under a key, if there is one. */
    public OptionalLong find(String room, String author, String key) {
        PostKey wanted = new PostKey(room, author, key);
        Stream<Long> inLog = Statements.query(em, row -> Codec.decodeEvent(row.getString(1)),
                "select frame from room_event where key_hash = ?", wanted.hash()).stream().filter(event -> isOf(wanted, event))
                .map(RoomEvent::offset);
        Stream<Long> copied = Statements.query(em, row -> row.getLong(1),
                "select log_offset from message where room = ? and author = ? and client_key = ?", room, author, key).stream();
        return Stream.concat(inLog, copied).mapToLong(Long::longValue).findFirst();
    }

    /** The offsets of those of these posts, all of one room, that the log has. Copies in table {@code message} are left out. */
    Map<PostKey, Long> offsets(Collection<PostKey> posts) {
        Map<Long, Long> found = new HashMap<>();
        if (!posts.isEmpty()) {
            Statements.query(em, row -> found.put(row.getLong(1), row.getLong(2)), FIND,
                    posts.stream().map(PostKey::hash).toArray(Long[]::new), posts.iterator().next().room());
        }
        List<PostKey> suspects = posts.stream().filter(post -> found.containsKey(post.hash())).toList();
        if (suspects.isEmpty()) {
            return Map.of();
        }
        Map<PostKey, Long> offsets = new HashMap<>();
        LogEntry.at(em, suspects.getFirst().room(), suspects.stream().map(post -> found.get(post.hash())).distinct().toList())
                .forEach(logged -> keyOf(logged.event()).ifPresent(key -> offsets.put(key, logged.offset())));
        offsets.keySet().retainAll(Set.copyOf(suspects));
        return offsets;
    }

    private static Optional<PostKey> keyOf(RoomEvent event) {
        return event.change() instanceof MessageChange.Posted posted
                ? Optional.of(new PostKey(event.room(), event.by().id(), posted.key())) : Optional.empty();
    }

    private static boolean isOf(PostKey wanted, RoomEvent event) {
        return keyOf(event).filter(wanted::equals).isPresent();
    }
}
