package parley.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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

    /** Stops the server as an administrator would, and starts it again with the same database. */
    public static void restarts() {
        TestServer.stop();
        TestServer.start();
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
