package parley.bench;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Connects clients, 64 at a time. */
final class Connector {

    private static final int CONNECTING_AT_ONCE = 64;
    private static final long TIMEOUT = TimeUnit.MINUTES.toNanos(3);
    private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(20);

    private Connector() {
    }

    /** Returns when all clients are ready; {@link BenchFailed} if one is refused or after 3 minutes. */
    static void connectAll(ClientPool pool, Collection<LoadClient> clients, Function<String, String> tokens) {
        Deque<LoadClient> waiting = new ArrayDeque<>(clients);
        int[] lost = {0};
        pool.setListener(new ClientPool.Listener() {
            @Override
            public void lost(LoadClient client, long now) {
                lost[0]++;
            }
        }, Integer.MAX_VALUE);
        int before = pool.readyCount();
        int started = 0;
        long end = System.nanoTime() + TIMEOUT;
        while (pool.readyCount() - before < clients.size()) {
            while (!waiting.isEmpty() && started - (pool.readyCount() - before) < CONNECTING_AT_ONCE) {
                LoadClient next = waiting.remove();
                pool.connect(next, tokens.apply(next.user()));
                started++;
            }
            if (lost[0] > 0 || System.nanoTime() > end) {
                throw new BenchFailed(lost[0] + " of " + clients.size() + " clients were refused, " + (pool.readyCount() - before)
                        + " connected");
            }
            pool.poll(System.nanoTime() + IDLE);
        }
    }
}
