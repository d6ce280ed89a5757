package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Removes the copies of messages that versions before this one made, once no instance of them runs: the log then has what queries need of
 * each message. Each transaction is small. It locks the head of its room, whose commands wait for it.
 */
@ApplicationScoped
public class MovingCopies {

    private static final long LONGEST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    @Inject
    private Copies copies;
    @Inject
    private CopiesCommit commits;

    /** Removes all copies, unless they are needed, and returns their number. Waits for the database. */
    public long moveAll() {
        long moved = 0;
        Optional<String> room = copies.needed() ? Optional.empty() : commits.next("");
        while (room.isPresent()) {
            moved += moveAll(room.get());
            room = copies.needed() ? Optional.empty() : commits.next(room.get());
        }
        return moved;
    }

    // Pauses as long as each transaction took: the writers of the room need the lock too.
    private long moveAll(String room) {
        long moved = 0;
        boolean more = true;
        while (more && !copies.needed()) {
            long begin = System.nanoTime();
            int slice = commits.move(room);
            moved += slice;
            more = slice == CopiesCommit.MOST;
            LockSupport.parkNanos(Math.min(System.nanoTime() - begin, LONGEST_PAUSE_NANOS));
        }
        return moved;
    }
}
