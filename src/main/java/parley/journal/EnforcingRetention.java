package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import parley.protocol.Retention;
import parley.room.Rooms;

/**
 * Removes messages that are older than the retention of their room. Members and settings stay. Each transaction is small. It locks
 * the head of its room, whose commands wait for it.
 */
@ApplicationScoped
public class EnforcingRetention {

    private static final int ROOMS_AT_ONCE = 500;

    @Inject
    private Rooms rooms;
    @Inject
    private RetentionCommit commits;
    @Inject
    private Rebuilding rebuilding;

    /** Removes the old messages of every room and returns their number. Waits for the database. */
    public long enforce(Instant now) {
        // It may hold messages that were removed or deleted since.
        rebuilding.forgetAbandoned(now);
        long gone = 0;
        String last = "";
        Map<String, Retention> page = rooms.forgetful(last, ROOMS_AT_ONCE);
        while (!page.isEmpty()) {
            for (Map.Entry<String, Retention> room : page.entrySet()) {
                last = room.getKey();
                gone += forget(last, room.getValue().cutoff(now));
            }
            page = rooms.forgetful(last, ROOMS_AT_ONCE);
        }
        return gone;
    }

    private long forget(String room, Optional<Instant> before) {
        long gone = 0;
        int batch;
        do {
            batch = before.map(moment -> commits.forget(room, moment)).orElse(0);
            gone += batch;
        } while (batch == RetentionCommit.MOST);
        return gone;
    }
}
