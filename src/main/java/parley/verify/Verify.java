package parley.verify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipFile;

/**
 * The program that checks the evidence in a database, or an export, or both against each other. It prints each finding as a line, and at
 * the end what it checked.
 */
public final class Verify {

    /** Everything fits. */
    static final int CLEAN = 0;
    /** Something was changed. */
    static final int CHANGED = 1;
    /** It could not be checked. */
    static final int FAILED = 2;

    private static final String USAGE = """
            Usage: java -cp parley-verify.jar:<JDBC driver> parley.verify.Verify [--database <JDBC URL>] [--user <name>] [--export <ZIP>]
              [--room <id>]... [--key <public key in Base64>]... [--roots <file with published roots, such as a server log>]...
            The password of the database is in the environment: PARLEY_PASSWORD.""";

    private final PrintStream out;
    private final Findings findings = new Findings();
    private final Keys keys = new Keys();
    private final List<Root.Signed> published = new ArrayList<>();

    private Verify(PrintStream out) {
        this.out = out;
    }

    /** The program. Ends with 0 if everything fits, 1 if something was changed, and 2 if it could not be checked. */
    public static void main(String[] arguments) {
        System.exit(run(arguments, System.getenv(), System.out));
    }

    /** The program without its end. Returns the exit code. */
    public static int run(String[] arguments, Map<String, String> environment, PrintStream out) {
        try {
            Verify verify = new Verify(out);
            return verify.check(Arguments.read(arguments), environment.get("PARLEY_PASSWORD"));
        } catch (IllegalArgumentException wrong) {
            out.println(wrong.getMessage());
            out.println(USAGE);
        } catch (IOException | SQLException | GeneralSecurityException | RuntimeException failed) {
            out.println("The check failed: " + failed.getMessage());
        }
        return FAILED;
    }

    /** What the program is asked to do. */
    private record Arguments(Optional<String> database, Optional<String> user, Optional<String> export, List<String> rooms,
                             List<String> keys, List<String> roots) {

        static Arguments read(String... given) {
            Map<String, List<String>> values = new TreeMap<>();
            List<String> names = List.of("--database", "--user", "--export", "--room", "--key", "--roots");
            for (int i = 0; i < given.length; i += 2) {
                if (!names.contains(given[i]) || i + 1 == given.length) {
                    throw new IllegalArgumentException(names.contains(given[i]) ? given[i] + " needs a value" : "Unknown: " + given[i]);
                }
                values.computeIfAbsent(given[i], name -> new ArrayList<>()).add(given[i + 1]);
            }
            if (!values.containsKey("--database") && !values.containsKey("--export")) {
                throw new IllegalArgumentException("Name a database, an export, or both");
            }
            return new Arguments(first(values, "--database"), first(values, "--user"), first(values, "--export"),
                    values.getOrDefault("--room", List.of()), values.getOrDefault("--key", List.of()),
                    values.getOrDefault("--roots", List.of()));
        }

        private static Optional<String> first(Map<String, List<String>> values, String name) {
            return values.getOrDefault(name, List.of()).stream().findFirst();
        }
    }

    private int check(Arguments arguments, String password) throws IOException, SQLException, GeneralSecurityException {
        for (String key : arguments.keys) {
            keys.trust(key);
        }
        for (String file : arguments.roots) {
            readRoots(Path.of(file));
        }
        if (arguments.database.isPresent()) {
            try (Connection connection = DriverManager.getConnection(arguments.database.get(), arguments.user.orElse(null), password)) {
                connection.setReadOnly(true);
                connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
                connection.setAutoCommit(false);
                checkDatabase(arguments, connection);
                checkExport(arguments, Optional.of(connection));
                connection.rollback();
            }
        } else {
            checkExport(arguments, Optional.empty());
        }
        return tell();
    }

    // Roots are ASCII, and other lines of a log may be anything.
    private void readRoots(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Root.find(line).ifPresent(published::add);
            }
        }
    }

    private void checkDatabase(Arguments arguments, Connection connection) throws SQLException, GeneralSecurityException {
        long begin = System.nanoTime();
        DatabaseCheck check = new DatabaseCheck(connection, findings);
        boolean trusted = check.keys(keys);
        check.rooms(arguments.rooms);
        check.roots(keys, published);
        out.printf(Locale.ROOT, "%,d events of %,d rooms checked in %.1f s; %,d newer events are not sealed yet%n", check.events(),
                check.rooms(), Duration.ofNanos(System.nanoTime() - begin).toMillis() / 1_000.0, check.unsealed());
        out.printf(Locale.ROOT, "%,d roots checked, %,d of them compared with published ones%n", check.roots(), published.size());
        if (!check.lastRoot().isEmpty()) {
            out.printf(Locale.ROOT, "The last one: %s%n", check.lastRoot());
        }
        if (!trusted) {
            out.println("No --key was given, so the first key of the database was trusted. Someone who can change the database can change "
                    + "it, too");
        }
        if (published.isEmpty()) {
            out.println("No --roots were given: someone with all keys of the database can have made everything again. Compare with "
                    + "published roots");
        }
    }

    private void checkExport(Arguments arguments, Optional<Connection> database) throws IOException, SQLException {
        if (arguments.export.isPresent()) {
            try (ZipFile archive = new ZipFile(arguments.export.get())) {
                ExportCheck check = new ExportCheck(archive, database, findings);
                String manifest = check.run();
                out.printf(Locale.ROOT, "%,d files of the export checked, %,d events compared with the database; SHA-256 of its manifest: "
                        + "%s%n", check.files(), check.events(), manifest);
            }
        }
    }

    private int tell() {
        findings.kept().forEach(out::println);
        if (findings.count() > findings.kept().size()) {
            out.printf(Locale.ROOT, "%,d further findings%n", findings.count() - findings.kept().size());
        }
        out.println(findings.count() == 0 ? "Everything fits" : (findings.count() == 1 ? "1 finding" : findings.count() + " findings"));
        return findings.count() == 0 ? CLEAN : CHANGED;
    }
}
