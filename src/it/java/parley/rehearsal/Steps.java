package parley.rehearsal;

import java.util.ArrayList;
import java.util.List;

/** Runs and times the steps and collects the report. The first failed step ends the rehearsal. */
final class Steps {

    /** Performs a step and returns a result for the report; an exception means that the documentation is wrong. */
    interface Action {
        String run() throws Exception;
    }

    private record Step(String part, String what, double seconds, String result) {

        @Override
        public String toString() {
            return "| %s | %s | %.1f | %s |".formatted(part, what, seconds, result);
        }
    }

    private final List<Step> done = new ArrayList<>();
    private String part = "";

    void section(String name) {
        part = name;
    }

    void run(String what, Action action) throws Exception {
        long start = System.nanoTime();
        System.out.printf("%s: %s …%n", part, what);
        try {
            String result = action.run();
            done.add(new Step(part, what, (System.nanoTime() - start) / 1e9, result));
            System.out.printf("%s: %s: %.1f s %s%n", part, what, done.getLast().seconds(), result);
        } catch (Exception | AssertionError e) {
            System.out.printf("%s: %s: FAILED%n", part, what);
            throw e;
        }
    }

    void print() {
        System.out.println("\n| part | step | s | result |\n|---|---|---:|---|");
        done.forEach(System.out::println);
    }
}
