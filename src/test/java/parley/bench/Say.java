package parley.bench;

/** What the person at the terminal reads while it runs. */
final class Say {

    private Say() {
    }

    static void progress(String what) {
        System.out.println("  " + what + " …");
    }

    static void line(String fact) {
        System.out.println("    " + fact);
    }
}
