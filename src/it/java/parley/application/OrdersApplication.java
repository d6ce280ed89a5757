package parley.application;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import parley.kit.Server;
import parley.server.TestServer;

/** The example {@code example.orders}, called over HTTP on one server. */
public final class OrdersApplication implements AutoCloseable {

    /** The package below {@code example}. */
    public static final String PART = "orders";

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final ExampleApplication application;
    private final URI server;

    /** @param server a URL of the server that is called */
    public OrdersApplication(ExampleApplication application, URI server) {
        this.application = application;
        this.server = server;
    }

    /** Builds it and deploys it on the shared server. */
    public static OrdersApplication deployed() {
        return new OrdersApplication(new ExampleApplication(PART, "server", TestServer::administer), Server.base());
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

    private HttpResponse<String> puts(String path) {
        URI uri = server.resolve("/" + application.name() + "/orders" + path);
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
        application.close();
    }
}
