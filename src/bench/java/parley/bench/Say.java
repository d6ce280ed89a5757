package parley.bench;

import java.util.Locale;

/** What the person at the terminal reads while it runs. */
final class Say {

    private Say() {
    }

    static void progress(String what) {
        System.out.println("  " + what + " …");
    }

    static void progress(Subject subject, Shape shape) {
        progress(subject.name() + ", " + shape.name().toLowerCase(Locale.ROOT));
    }

    static void line(String fact) {
        System.out.println("    " + fact);
    }
}
