package parley.rehearsal;

import java.net.URI;
import java.util.List;
import parley.browser.IdentityProvider;

/**
 * Runs all parts in sequence. {@code -Drehearsal=single} or {@code group} runs one half; {@code power-cut}, {@code upgrade} or
 * {@code restore} runs the group with only that part.
 */
final class Rehearsal {

    private Rehearsal() {
    }

    public static void main(String[] arguments) throws Exception {
        Steps steps = new Steps();
        Host host = new Host();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            Host.killAll();
            // A server that is still starting has no PID file yet.
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        }));
        PostgreSql database = new PostgreSql(host);
        try (IdentityProvider issuer = IdentityProvider.of(URI.create(host.parley() + "/"))) {
            Chat chat = new Chat(host, database, issuer);
            steps.section("database");
            steps.run("PostgreSQL", () -> {
                database.create();
                return "";
            });
            if (includes("single")) {
                new Single(host, chat, steps).rehearse();
            }
            if (includes("group", "power-cut", "upgrade", "restore")) {
                new Group(host, chat, steps).rehearse();
            }
        } catch (Exception | AssertionError e) {
            steps.print();
            e.printStackTrace();
            System.exit(1);
        }
        steps.print();
        System.exit(0);
    }

    /** Whether the system property selects everything or one of these parts. */
    static boolean includes(String... parts) {
        String selected = System.getProperty("parley.rehearsal", "all");
        return selected.equals("all") || List.of(parts).contains(selected);
    }

    static void check(boolean expected, String message) {
        if (!expected) {
            throw new AssertionError(message);
        }
    }
}
