package parley.hub;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Stream;
import parley.metrics.Histogram;
import parley.metrics.Metrics;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/** All flushers of this instance, each on a thread of its own. Safe for every thread. */
@ApplicationScoped
public class Flushers {

    private List<Flusher> all;
    private List<Thread> threads;

    /** For the container's proxy. */
    protected Flushers() {
    }

    @Inject
    Flushers(Settings settings, ManagedThreads managed, Metrics metrics) {
        Histogram delay = metrics.times("parley_delivery_seconds",
                "The time from handing a room's events to a connection, after their commit,"
                + " to writing them to its socket. One for each write, by its oldest event.");
        all = Stream.generate(() -> new Flusher(delay::recordNanos)).limit(settings.sockets().flushers()).toList();
        ThreadFactory factory = managed.named("parley-flusher");
        threads = all.stream().map(factory::newThread).toList();
        threads.forEach(Thread::start);
    }

    /** The flusher of a session's connection; always the same. */
    Flusher of(String session) {
        return all.get(Math.floorMod(session.hashCode(), all.size()));
    }

    /** Wakes every flusher that has something to write. */
    void wake() {
        all.forEach(Flusher::wake);
    }

    @PreDestroy
    void stop() {
        threads.forEach(Thread::interrupt);
    }
}
