package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/**
 * The ports that one server listens on, all of them on loopback.
 *
 * @param http  where browsers and clients come
 * @param admin where asadmin comes
 * @param jms   where the embedded broker listens once it is used
 */
record Ports(int http, int admin, int jms) {

    /** Three ports that were free a moment ago. */
    static Ports free() {
        return withHttp(anyFree());
    }

    /** The given port for clients, free ones for the rest; whether the given one is taken shows {@link #check}. */
    static Ports withHttp(int http) {
        return new Ports(http, anyFree(), anyFree());
    }

    /** Tells the person which port is in the way before the server would say so on page two of its log. */
    void check() {
        if (http < 1 || http > 65_535 || !isFree(http)) {
            throw new CannotRun("Port " + http + " is taken or not allowed; choose another one with -Dparley.http.port=…");
        }
    }

    /** The first of three ports in a row that were free a moment ago. */
    static int threeInARow() {
        for (int attempt = 0; attempt < 100; attempt++) {
            int first = anyFree();
            if (first + 2 < 65_536 && isFree(first + 1) && isFree(first + 2)) {
                return first;
            }
        }
        throw new CannotRun("There are no three free ports in a row on this machine.");
    }

    private static boolean isFree(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    private static int anyFree() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
