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
 * The thread pool that reads from connections that were taken over and decodes their frames. Parley has its own: all HTTP requests share
 * the server's threads, so a few dozen slow requests would stop every WebSocket. It refers to no Grizzly class, so that it loads on any
 * server.
 */
@ApplicationScoped
class ReceiverThreads implements Executor {

    private ExecutorService pool;
    private final Queue<Runnable> cleanups = new ConcurrentLinkedQueue<>();

    /** For the container's proxy. */
    protected ReceiverThreads() {
    }

    @Inject
    ReceiverThreads(Settings settings, ManagedThreads managed) {
        // Each connection has at most one event in the queue.
        pool = managed.pool("receiver", settings.sockets().receivers(), settings.connections().most());
    }

    @Override
    public void execute(Runnable event) {
        pool.execute(event);
    }

    /** Registers a task to run when the application stops, for example to remove references that the server holds. */
    public void onStop(Runnable cleanup) {
        cleanups.add(cleanup);
    }

    @PreDestroy
    void stop() {
        cleanups.forEach(Runnable::run);
        pool.shutdownNow();
    }
}
