package parley.bench;

import java.util.Locale;

/** Progress and results on the terminal. */
final class Console {

    private Console() {
    }

    static void progress(String what) {
        System.out.println("  " + what + " …");
    }

    static void progress(ServerUnderTest target, RoomLayout layout) {
        progress(target.name() + ", " + layout.name().toLowerCase(Locale.ROOT));
    }

    static void print(String fact) {
        System.out.println("    " + fact);
    }
}
