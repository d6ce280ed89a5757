package parley.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;

/** Debian's PostgreSQL with a cluster of its own: its user is postgres, because it refuses to run as root. */
record PostgreSql(Machine machine) {

    static final String PASSWORD = "a password of its own";
    private static final Path HOME = Machine.FOLDER.resolve("postgresql");

    void create() throws IOException, InterruptedException {
        machine.run("mkdir -p " + HOME + (root() ? "; chown postgres " + HOME : ""));
        machine.run(as("initdb --pgdata=" + HOME + "/data --auth-local=trust --auth-host=scram-sha-256"));
        start();
        machine.run("psql -c \"create role parley login password '" + PASSWORD + "'\"; createdb --owner=parley parley");
    }

    void start() throws IOException, InterruptedException {
        machine.run(as("pg_ctl --pgdata=" + HOME + "/data --log=" + HOME + "/log --options='-h 127.0.0.1 -p " + machine.database + " -k "
                + HOME
                + "' --wait start"));
    }

    void kill() throws IOException {
        Machine.kill(HOME.resolve("data/postmaster.pid"));
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + machine.database + "/parley";
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "parley", PASSWORD);
    }

    // The folders above may be root's alone: these two rights let postgres go through.
    private static String as(String command) throws IOException {
        String rights = "+dac_override,+dac_read_search";
        return (root() ? "setpriv --reuid postgres --regid postgres --clear-groups --inh-caps=" + rights + " --ambient-caps=" + rights
                + " " : "")
                + programs().resolve(command);
    }

    private static boolean root() {
        return System.getProperty("user.name").equals("root");
    }

    private static Path programs() throws IOException {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.max(Comparator.naturalOrder()).orElseThrow().resolve("bin");
        }
    }
}
