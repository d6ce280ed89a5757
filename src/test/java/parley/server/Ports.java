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
        try {
            new ServerSocket(http, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException | IllegalArgumentException e) {
            throw new CannotRun("Port " + http + " is taken or not allowed; choose another one with -Dparley.http.port=…");
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
