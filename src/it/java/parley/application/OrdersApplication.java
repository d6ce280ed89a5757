package parley.application;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import parley.kit.Server;
import parley.server.TestServer;

/** The documentation's example of an application in the same server, {@code example.orders}: a WAR with the JAR that the build makes. */
public final class OrdersApplication implements AutoCloseable {

    private static final String NAME = "example-orders";
    private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.1" bean-discovery-mode="annotated"/>
            """;

    private OrdersApplication() {
    }

    /** Builds and deploys it, and has it create its room. */
    public static OrdersApplication deployed() throws IOException {
        TestServer.administer("deploy --force=true --name " + NAME + " --contextroot /" + NAME + " " + war());
        return new OrdersApplication();
    }

    private static Path war() throws IOException {
        Path file = TARGET.resolve("it").resolve(NAME + ".war");
        Path classes = TARGET.resolve("test-classes");
        try (OutputStream out = Files.newOutputStream(file); var archive = new ZipOutputStream(out);
                Stream<Path> all = Files.walk(classes.resolve("example/orders"))) {
            for (Path source : (Iterable<Path>) all.filter(Files::isRegularFile).sorted()::iterator) {
                add(archive, "WEB-INF/classes/" + classes.relativize(source).toString().replace('\\', '/'), Files.readAllBytes(source));
            }
            add(archive, "WEB-INF/lib/parley-api.jar", Files.readAllBytes(api()));
            add(archive, "WEB-INF/beans.xml", BEANS.getBytes(StandardCharsets.UTF_8));
        }
        return file;
    }

    private static Path api() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-api.jar")).findFirst().orElseThrow();
        }
    }

    private static void add(ZipOutputStream archive, String name, byte[] content) throws IOException {
        archive.putNextEntry(new ZipEntry(name));
        archive.write(content);
    }

    /** Has the application create its room. */
    public HttpResponse<String> opens() {
        return puts("");
    }

    /** Has the application confirm an order. */
    public HttpResponse<String> confirms(long number) {
        return puts("/" + number);
    }

    /** Has the application confirm an order, and then fail within the transaction. */
    public HttpResponse<String> failsToConfirm(long number) {
        return puts("/" + number + "?problem=true");
    }

    /** Has the application confirm an order without a post. */
    public HttpResponse<String> confirmsSilently(long number) {
        return puts("/" + number + "/silently");
    }

    private static HttpResponse<String> puts(String path) {
        URI uri = Server.base().resolve("/" + NAME + "/orders" + path);
        HttpRequest request = HttpRequest.newBuilder(uri).timeout(TIMEOUT).PUT(HttpRequest.BodyPublishers.noBody()).build();
        try {
            return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopping);
        }
    }

    /** Undeploys it. */
    @Override
    public void close() {
        TestServer.administer("undeploy " + NAME);
    }
}
