package parley.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A TCP relay on loopback that simulates network faults. Stalled, it acts like a pulled cable: no data and no close passes, and data
 * in flight arrives after {@link #resume}. Refusing, it acts like a host without the program: connections are reset and new ones are
 * refused. Safe for all threads.
 */
public final class TcpRelay implements AutoCloseable {
    private static final int BUFFER = 16 << 10;

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket listener;
    private boolean stalled;

    TcpRelay(int target) {
        this.target = target;
        open(Ports.anyFree());
        this.port = listener.getLocalPort();
    }

    /** The port on loopback. */
    int port() {
        return port;
    }

    /** Ends a fault: delivers held data and accepts connections again. */
    public synchronized void resume() {
        stalled = false;
        notifyAll();
        if (listener == null) {
            open(port);
        }
    }

    /** Holds all data in both directions. */
    public synchronized void stall() {
        stalled = true;
    }

    /** Resets all connections and refuses new ones. */
    public synchronized void refuseConnections() {
        closeQuietly(listener);
        listener = null;
        stalled = false;
        notifyAll();
        sockets.forEach(TcpRelay::reset);
    }

    @Override
    public void close() {
        refuseConnections();
    }

    private synchronized void open(int at) {
        try {
            listener = new ServerSocket();
            listener.setReuseAddress(true);
            listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
            ServerSocket opened = listener;
            Thread.ofVirtual().name("relay-" + target).start(() -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket inbound = from.accept();
                sockets.add(inbound);
                Thread.ofVirtual().start(() -> forward(inbound));
            } catch (IOException closed) {
                closeQuietly(from);
            }
        }
    }

    private void forward(Socket inbound) {
        Socket outbound = new Socket();
        try {
            awaitResume();
            outbound.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            sockets.add(outbound);
            inbound.setTcpNoDelay(true);
            outbound.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> copy(outbound, inbound));
            copy(inbound, outbound);
        } catch (IOException unreachable) {
            reset(inbound);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(inbound);
            sockets.remove(outbound);
        }
    }

    // Closes both sockets when either direction ends: half-closed connections are not needed.
    private void copy(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitResume();
                out.write(buffer, 0, read);
            }
            awaitResume();
        } catch (IOException ended) {
            awaitResumeQuietly();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitResume() throws InterruptedException {
        while (stalled) {
            wait();
        }
    }

    private void awaitResumeQuietly() {
        try {
            awaitResume();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
        } catch (IOException closed) {
            return;
        }
        closeQuietly(socket);
    }

    private static void closeQuietly(AutoCloseable closeable) {
        try {
            if (closeable != null) {
                closeable.close();
            }
        } catch (Exception e) {
            // Nothing left to do.
        }
    }
}
