package parley.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import parley.server.TestServer;

/** The server that all integration tests share. */
public final class Server {

    /**
     * The {@code @Order} of classes that start the server with settings of their own. They run after the others, so they need not
     * restore the defaults, which would take one more restart each.
     */
    public static final int OTHER_SETTINGS = Integer.MAX_VALUE - 10;
    /** The same for a class that needs the development issuer and leaves it on: {@code LogsIT} runs after it. */
    public static final int OTHER_SETTINGS_LAST = OTHER_SETTINGS + 1;

    private Server() {
    }

    /** The base URL of the application, without a trailing slash. */
    public static URI base() {
        return TestServer.base();
    }

    /** The URL of a path, which begins with a slash and is already encoded. */
    public static URI at(String path) {
        return URI.create(base() + path);
    }

    /** The URL of the WebSocket endpoint. */
    public static URI socket() {
        return TestServer.socket("/ws");
    }

    /** A free port of {@code localhost}. Pages from it may call the server, unless a test restarts it with other settings. */
    public static int portalPort() {
        return TestServer.portalPort();
    }

    /** A free port of {@code localhost}. The server previews its pages, unless a test restarts it with other settings. */
    public static int pagesPort() {
        return TestServer.pagesPort();
    }

    /** A free port of {@code localhost}. Webhooks may post to it, unless a test restarts the server with other settings. */
    public static int hooksPort() {
        return TestServer.hooksPort();
    }

    /** The server log since the last start. */
    public static String log() {
        return read(TestServer.log());
    }

    /** The current value of a metric, summed over its labels. */
    public static long metric(String name) {
        return (long) Http.anonymous().get("/metrics").body().lines().filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    /** The CPU time of the server since the last start, summed over all cores. */
    public static Duration processorTime() {
        return TestServer.processorTime();
    }

    /** The number of live objects of this class in the server, after a full garbage collection. */
    public static long instancesOf(String className) {
        return TestServer.instancesOf(className);
    }

    /** Stops the server gracefully and starts it again with the same database. */
    public static void restart() {
        TestServer.stop();
        TestServer.start();
    }

    /** Restarts the server with these settings in addition to the test defaults. */
    public static void restartWith(Map<String, String> settings) {
        TestServer.stop();
        TestServer.start(settings);
    }

    /** The same without the development issuer; the settings name another issuer. They are needed when the server has stopped. */
    public static void restartWithoutDevelopmentIssuer(Supplier<Map<String, String>> settings) {
        TestServer.stop();
        TestServer.startWithoutDevelopmentIssuer(settings.get());
    }

    /** The private key of the development issuer as a JWK. */
    static String issuerKey() {
        return read(TestServer.log().resolveSibling("../config/development-issuer.jwk").normalize());
    }

    private static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
