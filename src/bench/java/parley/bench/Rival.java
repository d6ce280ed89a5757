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

/** A server of {@code src/bench/javascript/rivals} on Node, on the server's core. It does Parley's job, but stores nothing. */
final class Rival implements Subject {

    private static final Path SOURCES = Path.of("src/bench/javascript/rivals");
    private static final Path INSTALLED = Path.of("target/rivals");
    private static final int NPM_MINUTES = 3;

    private final String name;
    private final Dialect dialect;
    private final Issuer issuer;
    private final Process process;
    private final int port;

    private Rival(String name, String script, Dialect dialect, Issuer issuer) {
        this.name = name;
        this.dialect = dialect;
        this.issuer = issuer;
        List<String> command = new ArrayList<>(Processor.serversCore());
        command.addAll(List.of("node", "--expose-gc", script));
        var builder = new ProcessBuilder(command).directory(INSTALLED.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        builder.environment().put("ISSUER_PUBLIC_KEY", issuer.publicKey());
        builder.environment().put("NODE_ENV", "production");
        try {
            process = builder.start();
            Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
            BufferedReader out = process.inputReader();
            String said = out.readLine();
            if (said == null) {
                throw new BenchFailed(name + " did not start");
            }
            port = Integer.parseInt(said);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Rival socketIo(Issuer issuer) {
        return new Rival("Socket.IO", "socketio.js", new SocketIoDialect(), issuer);
    }

    static Rival bareWs(Issuer issuer) {
        return new Rival("ws", "ws.js", new BareWsDialect(), issuer);
    }

    /** Whether Node and npm are here and the packages could be had; says so when not. */
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
            Say.line("npm could not install the rivals' packages: they are left out");
        } catch (IOException none) {
            Say.line("There is no Node here: the rivals are left out");
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
        // Version 2 would come as an upgrade, which is not for HTTP here.
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
    public String kindOfMemory() {
        return "process";
    }

    @Override
    public String token(String user) {
        return issuer.token(user);
    }

    @Override
    public void open(String room, String owner) {
        // A room is there when someone joins it.
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
