package parley.hub;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.stream.Stream;
import parley.metrics.Histogram;
import parley.metrics.Metrics;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/** All flushers of this instance, each on a thread of its own. Safe for every thread. */
@ApplicationScoped
public class Flushers {

    private List<Flusher> all;

    /** For the container's proxy. */
    protected Flushers() {
    }

    @Inject
    Flushers(Settings settings, ManagedThreads managed, Metrics metrics) {
        Histogram delay = metrics.times("parley_delivery_seconds",
                "The time from handing a room's events to a connection, after their commit,"
                + " to writing them to its socket. One for each write, by its oldest event.");
        all = Stream.generate(() -> new Flusher(delay::recordNanos)).limit(settings.sockets().flushers()).toList();
        for (int i = 0; i < all.size(); i++) {
            managed.start("flusher-" + (i + 1), all.get(i));
        }
    }

    /** The flusher for the connection of a session; always the same one. */
    Flusher of(String session) {
        return all.get(Math.floorMod(session.hashCode(), all.size()));
    }

    /** Wakes every flusher that has something to write. */
    void wake() {
        all.forEach(Flusher::wake);
    }
}
