package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import parley.journal.LogsDoubted;

/**
 * Which rooms may have events that did not reach this instance. The journal and the bus bring every event as a rule, and know when they may
 * have lost one. A room in doubt is compared with the head of its log at the next {@link #LOOKS} looks. While the bus could lose events
 * unnoticed, all rooms are in doubt. Without any doubt, all rooms are compared every 15 s. Bounded by {@link #MOST}. Safe for every thread;
 * no call waits.
 */
@ApplicationScoped
public class Doubts {

    /** How often a room in doubt is compared: an event that is missing twice is lost, and not on its way. */
    static final int LOOKS = 2;
    /** The longest time between two looks at all rooms, in nanoseconds. */
    static final long SWEEP = TimeUnit.SECONDS.toNanos(15);
    /** With more rooms in doubt, all rooms are. */
    static final int MOST = 10_000;

    /**
     * What to compare now.
     *
     * @param all whether to compare all rooms
     * @param rooms the rooms to compare otherwise
     */
    record Look(boolean all, Set<String> rooms) {}

    private final LongSupplier nanoTime;
    private volatile BooleanSupplier busIsReliable = () -> false;

    // All below are guarded by this.
    private final Map<String, Integer> looks = new HashMap<>();
    private int looksAtAll;
    private long sweptAt;
    private long doubtedAt;

    /** For the container: uses {@link System#nanoTime}. */
    public Doubts() {
        this(System::nanoTime);
    }

    /** @param nanoTime replaces {@link System#nanoTime} in tests */
    Doubts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        sweptAt = nanoTime.getAsLong();
        doubtedAt = sweptAt;
    }

    /**
     * Sets what knows whether every event of the other instances arrives here, or its loss is noticed. Until then nothing does. It is never
     * called under this object's lock, because it may wait for a lock whose owner reports a doubt.
     */
    public void askWhetherTheBusIsReliable(BooleanSupplier reliable) {
        busIsReliable = reliable;
    }

    /** Whether no room was in doubt for this long. Other comparisons of all rooms may then run less often. */
    public boolean areQuietSince(Duration time) {
        boolean reliable = busIsReliable.getAsBoolean();
        synchronized (this) {
            return reliable && nanoTime.getAsLong() - doubtedAt >= time.toNanos();
        }
    }

    /** Events of a room may have been lost. */
    synchronized void doubt(String room) {
        doubtedAt = nanoTime.getAsLong();
        if (looks.size() >= MOST) {
            doubtAll();
        } else {
            looks.put(room, LOOKS);
        }
    }

    /** Events of any room may have been lost. */
    public synchronized void doubtAll() {
        doubtedAt = nanoTime.getAsLong();
        looksAtAll = LOOKS;
        looks.clear();
    }

    void doubted(@Observes LogsDoubted doubted) {
        if (doubted.rooms().isEmpty()) {
            doubtAll();
        } else {
            doubted.rooms().forEach(this::doubt);
        }
    }

    /** A look failed, so its rooms stay in doubt. */
    void failed(Look look) {
        if (look.all()) {
            doubtAll();
        } else {
            look.rooms().forEach(this::doubt);
        }
    }

    /** What the next look compares. */
    Look next() {
        boolean reliable = busIsReliable.getAsBoolean();
        synchronized (this) {
            if (!reliable) {
                doubtAll();
            }
            long now = nanoTime.getAsLong();
            if (looksAtAll > 0 || now - sweptAt >= SWEEP) {
                looksAtAll = Math.max(0, looksAtAll - 1);
                sweptAt = now;
                takeLooks(Set.copyOf(looks.keySet()));
                return new Look(true, Set.of());
            }
            Set<String> rooms = new HashSet<>(looks.keySet());
            takeLooks(rooms);
            return new Look(false, rooms);
        }
    }

    private void takeLooks(Collection<String> rooms) {
        rooms.forEach(room -> looks.computeIfPresent(room, (id, left) -> left > 1 ? left - 1 : null));
    }
}
