package parley.bench;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Lets guests in, a bounded number at a time, and waits until all of them are. */
final class Entrance {

    private static final int AT_THE_DOOR = 64;
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);
    private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(20);

    private Entrance() {
    }

    /** Ends with all of them in, or with {@link BenchFailed}. */
    static void admit(Crowd crowd, Collection<Guest> guests, Function<String, String> tokens) {
        Deque<Guest> waiting = new ArrayDeque<>(guests);
        int[] lost = {0};
        crowd.tell(new Crowd.Listener() {
            @Override
            public void lost(Guest guest, long now) {
                lost[0]++;
            }
        }, Integer.MAX_VALUE);
        int before = crowd.in();
        int invited = 0;
        long end = System.nanoTime() + PATIENCE;
        while (crowd.in() - before < guests.size()) {
            while (!waiting.isEmpty() && invited - (crowd.in() - before) < AT_THE_DOOR) {
                Guest next = waiting.remove();
                crowd.invite(next, tokens.apply(next.user()));
                invited++;
            }
            if (lost[0] > 0 || System.nanoTime() > end) {
                throw new BenchFailed(lost[0] + " of " + guests.size() + " guests were turned away, " + (crowd.in() - before) + " got in");
            }
            crowd.turn(System.nanoTime() + IDLE);
        }
    }
}
