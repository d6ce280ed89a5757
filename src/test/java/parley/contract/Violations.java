package parley.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What tests saw that the contract lacks. Frames arrive on threads that no test waits for, so violations are collected here, and fail the
 * test that runs.
 */
public final class Violations {

    private static final int MOST = 20;
    private static final int LONGEST = 1_500;
    private static final Queue<String> FOUND = new ConcurrentLinkedQueue<>();

    private Violations() {
    }

    /** Records what is wrong with this frame or answer; nothing if the list is empty. */
    public static void add(List<String> wrong, Object seen) {
        if (!wrong.isEmpty() && FOUND.size() < MOST) {
            String text = String.valueOf(seen);
            FOUND.add(String.join("; ", wrong) + "\n  in " + text.substring(0, Math.min(text.length(), LONGEST)));
        }
    }

    /** Fails if there are violations, and forgets them. */
    public static void failIfAny() {
        List<String> found = new ArrayList<>();
        for (String one = FOUND.poll(); one != null; one = FOUND.poll()) {
            found.add(one);
        }
        if (!found.isEmpty()) {
            throw new AssertionError("The contract in src/main/webapp/protocol says otherwise:\n" + String.join("\n", found));
        }
    }
}
