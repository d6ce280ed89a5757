package parley.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import parley.server.TestServer;

/** The server that the tests talk to: one for all of them. */
public final class Server {

    private Server() {
    }

    /** Where the application is, without a slash at the end. */
    public static URI base() {
        return TestServer.base();
    }

    /** An address of the application: a path that begins with a slash, as it is to be sent. */
    public static URI at(String path) {
        return URI.create(base() + path);
    }

    /** The address of the socket. */
    public static URI socket() {
        return TestServer.socket("/ws");
    }

    /** All that the server has logged since it was started. */
    public static String log() {
        return read(TestServer.log());
    }

    /** What a metric of the application says by now, all of its labels together. */
    public static long metric(String name) {
        return (long) Http.ofNobody().get("/metrics").body().lines().filter(line -> line.startsWith(name + "{"))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }

    /** The processor time that the server has used since it was started, all cores together. */
    public static Duration processorTime() {
        return TestServer.processorTime();
    }

    /** How many objects of this class live in the server, after a full collection. */
    public static long instancesOf(String className) {
        return TestServer.instancesOf(className);
    }

    /** Stops the server as an administrator would, and starts it again with the same database. */
    public static void restarts() {
        TestServer.stop();
        TestServer.start();
    }

    /** Stops the server and starts it with these settings of the application, on top of those that it always has in tests. */
    public static void restartsWith(Map<String, String> settings) {
        TestServer.stop();
        TestServer.start(settings);
    }

    /** The same without the development issuer: who issues tokens is for these settings to say. */
    public static void restartsWithoutDevelopmentIssuer(Map<String, String> settings) {
        TestServer.stop();
        TestServer.startWithoutDevelopmentIssuer(settings);
    }

    /** The development issuer's key, private part and all. */
    static String issuersKey() {
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
