package parley.reading;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.message.MessageTable;
import parley.protocol.Unread;
import parley.sql.Statements;

/**
 * Counts what people have not read, from the tables. Each call waits for the database; one statement counts all. Every event moves the head
 * of its room, so a count holds as long as head and marker are the same, and is kept in memory for {@link #KEPT_FOR}. Only the removal of
 * old messages moves no head: they may be counted for that time.
 */
@ApplicationScoped
public class UnreadNumbers {

    /** The most counts that are kept. Beyond them, those that were not used for long are counted again. */
    private static final int MOST_KEPT = 100_000;
    private static final Duration KEPT_FOR = Duration.ofMinutes(1);
    private static final String STATES = """
            select u.room, u.person, r.epoch, r.head, greatest(coalesce(u.upto, k.upto, 0), m.since_offset) read_upto
            from unnest(cast(? as varchar array), cast(? as varchar array), cast(? as bigint array)) as u(room, person, upto)
            join room r on r.id = u.room join membership m on m.room = u.room and m.user_id = u.person
            left join read_marker k on k.room = u.room and k.user_id = u.person""";
    private static final String NEW_REPLY = """
            x.log_offset > q.read_upto and x.author <> q.person and not x.deleted and not exists (select 1 from mention d
                        where d.room = x.room and d.message_offset = x.log_offset and d.user_id in (q.person, ''))""";
    // A message that mentions the person, or everyone, or replies in the person's thread counts once.
    private static final String COUNT = """
            select q.room, q.person, q.epoch, q.head, q.read_upto,
                case when q.read_upto >= q.head then 0 else (select count(*) from %1$s x
                    where x.room = q.room and x.log_offset > q.read_upto and x.log_offset <= q.read_upto + %2$d
                    and not x.deleted and %3$s and x.author <> q.person) end unread,
                case when q.read_upto >= q.head then 0 else (select count(*) from mention n
                    where n.room = q.room and n.user_id = q.person and n.message_offset > q.read_upto and n.author <> q.person)
                + (select count(*) from mention n
                    where n.room = q.room and n.user_id = '' and n.message_offset > q.read_upto and n.author <> q.person
                    and not exists (select 1 from mention d
                        where d.room = n.room and d.message_offset = n.message_offset and d.user_id = q.person))
                + coalesce((select sum((select count(*) from %1$s x where x.room = p.room and x.thread_offset = p.root_offset and %4$s))
                    from thread_person p where p.room = q.room and p.user_id = q.person), 0)
                + coalesce((select sum((select count(*) from %1$s x where x.room = t.room and x.thread_offset = t.root_offset and %4$s))
                    from thread t where t.room = q.room and t.root_author = q.person and not exists (select 1 from thread_person p
                        where p.room = t.room and p.root_offset = t.root_offset and p.user_id = q.person)), 0) end mentions
            from (%5$s) q""".formatted(MessageTable.ALL, Unread.WINDOW, MessageTable.SHOWN, NEW_REPLY, STATES);

    /** What a count depends on. */
    private record State(PersonInRoom of, String epoch, long head, long read) {

        static State of(ResultSet row) throws SQLException {
            return new State(new PersonInRoom(row.getString("person"), row.getString("room")), row.getString("epoch"),
                    row.getLong("head"), row.getLong("read_upto"));
        }
    }

    private final Cache<State, Unread> counted = Caffeine.newBuilder().maximumSize(MOST_KEPT).expireAfterWrite(KEPT_FOR).build();

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private ReadMarkers markers;

    /** What each of these people has not read in the room; nothing for a person who is no member of it. */
    @Transactional
    public Map<PersonInRoom, Unread> of(Collection<PersonInRoom> keys) {
        Map<PersonInRoom, Unread> numbers = new HashMap<>();
        List<PersonInRoom> unknown = new ArrayList<>();
        query(STATES, keys, row -> {
            State state = State.of(row);
            Unread known = state.read >= state.head ? new Unread(state.head, state.read, 0, 0) : counted.getIfPresent(state);
            if (known == null) {
                unknown.add(state.of);
            } else {
                numbers.put(state.of, known);
            }
            return state;
        });
        // The head may have moved since the first query: each count belongs to the head of its own row.
        query(COUNT, unknown, row -> {
            State state = State.of(row);
            Unread unread = new Unread(state.head, state.read, row.getInt("unread"), row.getInt("mentions"));
            counted.put(state, unread);
            numbers.put(state.of, unread);
            return state;
        });
        return numbers;
    }

    private void query(String sql, Collection<PersonInRoom> keys, Statements.RowReader<State> reader) {
        if (!keys.isEmpty()) {
            List<PersonInRoom> asked = List.copyOf(keys);
            Statements.query(em, reader, sql, asked.stream().map(PersonInRoom::room).toArray(String[]::new),
                    asked.stream().map(PersonInRoom::user).toArray(String[]::new), markers.moved(asked));
        }
    }

    /** The same for one person and one room. */
    @Transactional
    public Optional<Unread> of(String user, String room) {
        PersonInRoom key = new PersonInRoom(user, room);
        return Optional.ofNullable(of(List.of(key)).get(key));
    }
}
