package parley.rehearsal;

import java.util.ArrayList;
import java.util.List;

/** What was done, how long it took and what it showed. The first step that fails ends the rehearsal. */
final class Steps {

    /** Does something, and says what it showed; an exception means that the document is wrong. */
    interface Action {
        String happens() throws Exception;
    }

    private record Step(String part, String what, double seconds, String shown) {

        @Override
        public String toString() {
            return "| %s | %s | %.1f | %s |".formatted(part, what, seconds, shown);
        }
    }

    private final List<Step> taken = new ArrayList<>();
    private String part = "";

    void begin(String name) {
        part = name;
    }

    void take(String what, Action action) throws Exception {
        long begun = System.nanoTime();
        System.out.printf("%s: %s …%n", part, what);
        try {
            String shown = action.happens();
            taken.add(new Step(part, what, (System.nanoTime() - begun) / 1e9, shown));
            System.out.printf("%s: %s: %.1f s %s%n", part, what, taken.getLast().seconds(), shown);
        } catch (Exception | AssertionError e) {
            System.out.printf("%s: %s: FAILED%n", part, what);
            throw e;
        }
    }

    void print() {
        System.out.println("\n| part | step | s | shown |\n|---|---|---:|---|");
        taken.forEach(System.out::println);
    }
}
