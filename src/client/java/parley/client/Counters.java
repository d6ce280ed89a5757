package parley.client;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Counts for {@link Stats}. Safe for every thread. */
final class Counters {

    private static final int ROUND_TRIPS = 16;

    final AtomicLong sent = new AtomicLong();
    final AtomicLong received = new AtomicLong();
    final AtomicLong errors = new AtomicLong();
    final AtomicLong connections = new AtomicLong();
    final AtomicLong resumes = new AtomicLong();
    final AtomicLong resets = new AtomicLong();
    final AtomicLong duplicates = new AtomicLong();
    final AtomicLong gaps = new AtomicLong();
    final AtomicLong pauses = new AtomicLong();
    final AtomicInteger unsent = new AtomicInteger();

    // Both are guarded by this.
    private final ArrayDeque<Duration> roundTrips = new ArrayDeque<>();
    private Duration clockOffset;

    synchronized void roundTrip(Duration took) {
        if (roundTrips.size() == ROUND_TRIPS) {
            roundTrips.removeFirst();
        }
        roundTrips.addLast(took);
    }

    synchronized void clockOffset(Duration ahead) {
        clockOffset = ahead;
    }

    synchronized Stats snapshot() {
        long greeted = connections.get();
        return new Stats(sent.get(), received.get(), errors.get(), greeted, Math.max(0, greeted - 1), resumes.get(), resets.get(),
                duplicates.get(), gaps.get(), pauses.get(), unsent.get(), List.copyOf(roundTrips), Optional.ofNullable(clockOffset));
    }
}
