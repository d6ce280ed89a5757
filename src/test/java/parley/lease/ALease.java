package parley.lease;

import java.time.Duration;
import java.util.function.Consumer;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/** The lease of a task, which another instance can take. */
public final class ALease {

    private boolean isOurs = true;
    private Loop loop;

    /** The work under this lease. */
    public LeasedWork work() {
        return new LeasedWork(new ManagedThreads() {
            @Override
            public Loop repeatWork(String what, Duration pause, Consumer<Loop> task) {
                loop = new Loop(what, Duration.ofHours(1), task);
                return loop;
            }
        }, new Leases() {
            @Override
            public boolean take(Task task, Duration lease) {
                return isOurs;
            }
        });
    }

    /** Another instance has it from now on. */
    public void isTakenOver() {
        isOurs = false;
    }

    /** Lets the work look once. */
    public void look() {
        loop.run();
    }
}
