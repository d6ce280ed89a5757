package parley.rehearsal;

import java.net.URI;
import java.util.List;
import parley.browser.IdentityProvider;

/**
 * All parts, one after the other. {@code -Drehearsal=single} or {@code group} takes one half; {@code power-cut}, {@code upgrade} or
 * {@code restore} takes a group with that part alone.
 */
final class Rehearsal {

    private Rehearsal() {
    }

    public static void main(String[] arguments) throws Exception {
        Steps steps = new Steps();
        Machine machine = new Machine();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            Machine.killAll();
            // A server that is still being started has no file with its process yet.
            ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
        }));
        PostgreSql database = new PostgreSql(machine);
        try (IdentityProvider issuer = IdentityProvider.of(URI.create(machine.parley() + "/"))) {
            Chat chat = new Chat(machine, database, issuer);
            steps.begin("database");
            steps.take("PostgreSQL", () -> {
                database.create();
                return "";
            });
            if (takes("single")) {
                new Single(machine, chat, steps).rehearse();
            }
            if (takes("group", "power-cut", "upgrade", "restore")) {
                new Group(machine, chat, steps).rehearse();
            }
        } catch (Exception | AssertionError e) {
            steps.print();
            e.printStackTrace();
            System.exit(1);
        }
        steps.print();
        System.exit(0);
    }

    /** Whether everything is wanted, or one of these. */
    static boolean takes(String... parts) {
        String wanted = System.getProperty("parley.rehearsal", "all");
        return wanted.equals("all") || List.of(parts).contains(wanted);
    }

    static void check(boolean asDocumented, String otherwise) {
        if (!asDocumented) {
            throw new AssertionError(otherwise);
        }
    }
}
