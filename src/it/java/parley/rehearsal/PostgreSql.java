package parley.rehearsal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.stream.Stream;

/** A new data directory for Debian's PostgreSQL. It runs as the user postgres, because it refuses to run as root. */
record PostgreSql(Host host) {

    static final String PASSWORD = "a password of its own";
    private static final Path HOME = Host.FOLDER.resolve("postgresql");

    void create() throws IOException, InterruptedException {
        host.run("mkdir -p " + HOME + (isRoot() ? "; chown postgres " + HOME : ""));
        host.run(asPostgres("initdb --pgdata=" + HOME + "/data --auth-local=trust --auth-host=scram-sha-256"));
        start();
        host.run("psql -c \"create role parley login password '" + PASSWORD + "'\"; createdb --owner=parley parley");
    }

    void start() throws IOException, InterruptedException {
        host.run(asPostgres("pg_ctl --pgdata=" + HOME + "/data --log=" + HOME + "/log --options='-h 127.0.0.1 -p " + host.database + " -k "
                + HOME
                + "' --wait start"));
    }

    void kill() throws IOException {
        Host.kill(HOME.resolve("data/postmaster.pid"));
    }

    String url() {
        return "jdbc:postgresql://127.0.0.1:" + host.database + "/parley";
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), "parley", PASSWORD);
    }

    // The parent folders may be accessible to root only; these capabilities let postgres traverse them.
    private static String asPostgres(String command) throws IOException {
        String capabilities = "+dac_override,+dac_read_search";
        return (isRoot() ? "setpriv --reuid postgres --regid postgres --clear-groups --inh-caps=" + capabilities + " --ambient-caps="
                + capabilities
                + " " : "")
                + programs().resolve(command);
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }

    private static Path programs() throws IOException {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.max(Comparator.naturalOrder()).orElseThrow().resolve("bin");
        }
    }
}
