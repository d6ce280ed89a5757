package parley.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server of {@code src/bench/javascript/rivals} on Node, for comparison. It delivers messages but stores none. Runs on the server's core.
 */
final class NodeServer implements ServerUnderTest {

    private static final Path SOURCES = Path.of("src/bench/javascript/rivals");
    private static final Path INSTALLED = Path.of("target/rivals");
    private static final int NPM_MINUTES = 3;

    private final String name;
    private final Dialect dialect;
    private final TokenIssuer issuer;
    private final Process process;
    private final int port;

    private NodeServer(String name, String script, Dialect dialect, TokenIssuer issuer) {
        this.name = name;
        this.dialect = dialect;
        this.issuer = issuer;
        List<String> command = new ArrayList<>(Cores.pinToServerCore());
        command.addAll(List.of("node", "--expose-gc", script));
        var builder = new ProcessBuilder(command).directory(INSTALLED.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("ISSUER_PUBLIC_KEY", issuer.publicKey());
        builder.environment().put("NODE_ENV", "production");
        try {
            process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            BufferedReader out = process.inputReader();
            String firstLine = out.readLine();
            if (firstLine == null) {
                throw new BenchFailed(name + " did not start");
            }
            port = Integer.parseInt(firstLine);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static NodeServer socketIo(TokenIssuer issuer) {
        return new NodeServer("Socket.IO", "socketio.js", new SocketIoDialect(), issuer);
    }

    static NodeServer bareWs(TokenIssuer issuer) {
        return new NodeServer("ws", "ws.js", new BareWsDialect(), issuer);
    }

    /** Installs the npm packages; whether that succeeded. Prints the reason otherwise. */
    static boolean install() {
        try {
            Files.createDirectories(INSTALLED);
            try (Stream<Path> files = Files.list(SOURCES)) {
                for (Path file : (Iterable<Path>) files::iterator) {
                    Files.copy(file, INSTALLED.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
                }
            }
            Process npm = new ProcessBuilder("npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error")
                    .directory(INSTALLED.toFile()).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            if (npm.waitFor(NPM_MINUTES, TimeUnit.MINUTES) && npm.exitValue() == 0) {
                return true;
            }
            npm.destroy();
            Console.print("npm could not install the packages of the Node servers: they are skipped");
        } catch (IOException none) {
            Console.print("Node is not installed: the Node servers are skipped");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return false;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress("127.0.0.1", port);
    }

    @Override
    public Dialect dialect() {
        return dialect;
    }

    @Override
    public ProcessHandle process() {
        return process.toHandle();
    }

    @Override
    public long memory() {
        // HTTP/2 would send an Upgrade header, which these servers treat as a WebSocket handshake.
        try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
            var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/")).build();
            return Long.parseLong(http.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.US_ASCII)).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BenchFailed("Interrupted");
        }
    }

    @Override
    public String memoryKind() {
        return "process";
    }

    @Override
    public String token(String user) {
        return issuer.token(user);
    }

    @Override
    public void createRoom(String room, String owner) {
        // Joining creates a room.
    }

    @Override
    public void close() {
        process.destroy();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
