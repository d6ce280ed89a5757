package parley.socket;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import parley.settings.Settings;
import parley.threads.ManagedThreads;

/**
 * The threads that read from connections and decode frames. They are Parley's own: on the server's threads, which all requests
 * share, a few dozen slow ones would keep every socket from being heard. Names nothing of Grizzly, so that it loads on every server.
 */
@ApplicationScoped
class Receivers implements Executor {

    private ExecutorService threads;
    private final Queue<Runnable> atEnd = new ConcurrentLinkedQueue<>();

    /** For the container's proxy. */
    protected Receivers() {
    }

    @Inject
    Receivers(Settings settings, ManagedThreads managed) {
        // At most one event waits for each connection.
        threads = managed.pool("receiver", settings.sockets().receivers(), settings.connections().most());
    }

    @Override
    public void execute(Runnable event) {
        threads.execute(event);
    }

    /** Has this done when the application stops: nothing of it may stay in the server. */
    public void atEnd(Runnable task) {
        atEnd.add(task);
    }

    @PreDestroy
    void stop() {
        atEnd.forEach(Runnable::run);
        threads.shutdownNow();
    }
}
