package parley.bench;

import java.util.Locale;

/** What the person at the terminal reads while it runs. */
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
