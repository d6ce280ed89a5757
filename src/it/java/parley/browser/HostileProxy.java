package parley.browser;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import parley.kit.Server;

/**
 * A proxy on loopback in front of the shared server that behaves like those of some networks: it refuses WebSocket handshakes, or holds
 * each streamed response back until it ends. Safe for every thread.
 */
final class HostileProxy implements AutoCloseable {

    private static final int BUFFER = 1 << 16;
    private static final byte[] LAST_CHUNK = "\r\n0\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] REFUSAL = "HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private volatile boolean killsUpgrades = true;
    private volatile boolean buffers;

    private HostileProxy(ServerSocket listener) {
        this.listener = listener;
    }

    /** Starts a proxy that refuses WebSockets. */
    static HostileProxy start() {
        try {
            var proxy = new HostileProxy(new ServerSocket());
            proxy.listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            Thread.ofVirtual().start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address of the portal through this proxy. */
    URI portal() {
        return URI.create("http://localhost:" + listener.getLocalPort() + Server.base().getPath() + "/");
    }

    /** Holds streamed responses back from now on. */
    void buffers() {
        buffers = true;
    }

    /** Lets WebSockets through from now on. */
    void allowsUpgrades() {
        killsUpgrades = false;
    }

    /** Cuts all connections. */
    void cuts() {
        sockets.forEach(HostileProxy::end);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cuts();
    }

    private void accept() {
        try {
            while (!listener.isClosed()) {
                Socket browser = listener.accept();
                Thread.ofVirtual().start(() -> serve(browser));
            }
        } catch (IOException closed) {
            // The test is over.
        }
    }

    private void serve(Socket browser) {
        try (browser; Socket server = new Socket(Server.base().getHost(), Server.base().getPort())) {
            sockets.add(browser);
            sockets.add(server);
            var exchange = new Exchange();
            Thread.ofVirtual().start(() -> answers(server, browser, exchange));
            requests(browser, server, exchange);
        } catch (IOException cut) {
            // Ends both.
        } finally {
            sockets.remove(browser);
            sockets.removeIf(Socket::isClosed);
        }
    }

    private void requests(Socket browser, Socket server, Exchange exchange) throws IOException {
        InputStream from = browser.getInputStream();
        byte[] bytes = new byte[BUFFER];
        for (int count = from.read(bytes); count >= 0; count = from.read(bytes)) {
            String text = new String(bytes, 0, count, StandardCharsets.ISO_8859_1);
            if (killsUpgrades && text.toLowerCase(java.util.Locale.ROOT).contains("\r\nupgrade: websocket")) {
                browser.getOutputStream().write(REFUSAL);
                return;
            }
            if (text.matches("(?s)[A-Z]+ /.* HTTP/1\\.1\r\n.*")) {
                exchange.isStream = text.contains("/api/stream ");
            }
            server.getOutputStream().write(bytes, 0, count);
        }
    }

    private void answers(Socket server, Socket browser, Exchange exchange) {
        try {
            InputStream from = server.getInputStream();
            OutputStream to = browser.getOutputStream();
            byte[] held = new byte[1 << 20];
            int length = 0;
            for (int count = from.read(held); count >= 0; count = from.read(held, length, held.length - length)) {
                length += count;
                boolean ended = length >= LAST_CHUNK.length
                        && Arrays.equals(held, length - LAST_CHUNK.length, length, LAST_CHUNK, 0, LAST_CHUNK.length);
                if (!buffers || !exchange.isStream || ended) {
                    to.write(held, 0, length);
                    length = 0;
                }
            }
        } catch (IOException cut) {
            // Ends both.
        } finally {
            end(server);
            end(browser);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException closed) {
            // It was closed.
        }
    }

    /** What one connection carries now. */
    private static final class Exchange {
        private volatile boolean isStream;
    }
}
