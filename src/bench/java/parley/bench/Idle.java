package parley.bench;

import static java.time.Duration.ofSeconds;

import java.util.Locale;

/** What a connection costs that is open, subscribed, and silent. */
final class Idle {

    private Idle() {
    }

    /** Bytes a connection at 10,000 of them, in rooms of 100. */
    static double bytesAConnection(Subject subject) {
        Say.progress(subject.name() + ", 10,000 idle connections");
        // What is loaded and made at first use is no connection's.
        try (var few = new Gathering(subject, Shape.FEW)) {
            few.rest(ofSeconds(1));
        }
        long before = subject.memory();
        try (var gathering = new Gathering(subject, Shape.IDLE)) {
            gathering.rest(ofSeconds(3));
            long with = subject.memory();
            if (gathering.crowd().in() < Shape.IDLE.guests()) {
                throw new BenchFailed("Only " + gathering.crowd().in() + " connections stayed");
            }
            double each = (double) (with - before) / Shape.IDLE.guests();
            Say.line(String.format(Locale.ROOT, "%s %,.1f MB before, %,.1f MB with them: %.1f KB a connection", subject.kindOfMemory(),
                    before / 1e6, with / 1e6, each / 1000));
            return each;
        }
    }
}
