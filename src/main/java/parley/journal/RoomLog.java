package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.List;
import parley.protocol.Codec;
import parley.protocol.Frame;
import parley.protocol.RoomEvent;

/** Reading a room's log by position. Each call waits for the database; not for a thread that serves sockets. */
@ApplicationScoped
public class RoomLog {

    /** The most events that are read at once, and the most that a client may be behind and still resume. */
    public static final int LONGEST_REPLAY = 1_000;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    @Inject
    private MemoryLog memory;

    /** The frames after an offset in order, {@link #LONGEST_REPLAY} at most. They are not decoded. */
    @Transactional
    public List<LoggedFrame> after(String room, long offset) {
        return memory.after(room, offset).orElseGet(() -> stored(room, offset));
    }

    /** The events after an offset that are stored, in order, {@link #LONGEST_REPLAY} at most. */
    List<RoomEvent> events(String room, long offset) {
        return stored(room, offset).stream().map(logged -> Codec.decodeEvent(logged.frame().text())).toList();
    }

    /** Whether something was said at this offset of a room that keeps it in memory alone. */
    public boolean isSaidInMemory(String room, long offset) {
        return memory.at(room, offset).filter(logged -> Codec.decodeEvent(logged.frame().text()).change().isContent()).isPresent();
    }

    private List<LoggedFrame> stored(String room, long offset) {
        return em.createQuery("""
                        select e.offset, e.frame from LogEntry e
                        where e.room = :room and e.offset > :offset order by e.offset""", Object[].class)
                .setParameter("room", room).setParameter("offset", offset).setMaxResults(LONGEST_REPLAY)
                .getResultStream().map(row -> new LoggedFrame((Long) row[0], new Frame((String) row[1]))).toList();
    }
}
