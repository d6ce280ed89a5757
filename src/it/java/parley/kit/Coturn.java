package parley.kit;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.opentest4j.TestAbortedException;

/**
 * Debian's coturn on a free port of loopback, with the configuration that the script for administrators writes. It shares its secret with
 * the server of the tests. Without coturn the test is skipped with a visible warning.
 */
public final class Coturn implements AutoCloseable {

    /** The secret of the test server's settings. */
    public static final String SECRET = "a-secret-of-the-tests";
    private static final Duration LASTS = Duration.ofHours(1);
    private static final Path SCRIPT = Path.of(System.getProperty("basedir", ""), "server-config", "turn.sh").toAbsolutePath();

    private final Process process;
    private final int port;

    private Coturn(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it. It may not listen yet when this returns.
     *
     * @param folder for its configuration and its log
     * @param more further arguments of the script
     */
    public static Coturn start(Path folder, String... more) throws IOException, InterruptedException {
        Path file = folder.resolve("turnserver.conf");
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(SCRIPT.toString(), "--realm", "turn.example", "--file", file.toString(), "--port",
                "" + port, "--listen", "127.0.0.1", "--relay-ports", "49152-49400"));
        command.addAll(Arrays.asList(more));
        ProcessBuilder script = new ProcessBuilder(command).redirectErrorStream(true);
        script.environment().put("PARLEY_TURN_SECRET", SECRET);
        if (script.start().waitFor() != 0) {
            throw new AssertionError("The script turn.sh failed");
        }
        if (List.of(more).contains("--allow-private")) {
            // The machine of the tests relays to itself, which no other network needs.
            Files.writeString(file, "allow-loopback-peers\ncli-password=unused\n", StandardOpenOption.APPEND);
        }
        try {
            return new Coturn(new ProcessBuilder("turnserver", "-c", file.toString(), "--pidfile", folder.resolve("pid").toString())
                    .redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start(), port);
        } catch (IOException notInstalled) {
            System.err.printf("%n*****  coturn is not installed: ITS TESTS ARE SKIPPED.  *****%n%n");
            throw new TestAbortedException("coturn is not installed", notInstalled);
        }
    }

    public int port() {
        return port;
    }

    /** What a server with this relay gives a person: its address over UDP, and credentials for an hour. */
    public Map<String, Object> credentials(String person) {
        Instant expires = Instant.now().plus(LASTS).truncatedTo(ChronoUnit.SECONDS);
        String username = expires.getEpochSecond() + ":" + person;
        return Map.of("urls", List.of("turn:127.0.0.1:" + port), "username", username, "credential", password(username),
                "expires", expires.toString());
    }

    /** The password of a user name. */
    public static String password(String username) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket any = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            return any.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
