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
 * A piece of network that can be cut: a port of loopback whose connections lead on to another port. Silent, it is a cable that was
 * pulled: nobody hears anything, not even that a connection ended, and what was under way arrives when it is plugged in again.
 * Refusing, it is a machine without the program: connections break, and new ones are refused. Any thread.
 */
public final class Relay implements AutoCloseable {
    private static final int BUFFER = 16 << 10;

    private final int target;
    private final int port;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private ServerSocket door;
    private boolean silent;

    Relay(int target) {
        this.target = target;
        open(Ports.anyFree());
        this.port = door.getLocalPort();
    }

    /** Where it listens on loopback. */
    int port() {
        return port;
    }

    /** Lets everything through, from now on and what was held back. */
    public synchronized void passes() {
        silent = false;
        notifyAll();
        if (door == null) {
            open(port);
        }
    }

    /** Holds everything back without a word, in both directions. */
    public synchronized void fallsSilent() {
        silent = true;
    }

    /** Breaks every connection and refuses new ones. */
    public synchronized void refuses() {
        closeQuietly(door);
        door = null;
        silent = false;
        notifyAll();
        sockets.forEach(Relay::breakOff);
    }

    @Override
    public void close() {
        refuses();
    }

    private synchronized void open(int at) {
        try {
            door = new ServerSocket();
            door.setReuseAddress(true);
            door.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), at));
            ServerSocket opened = door;
            Thread.ofVirtual().name("relay-" + target).start(() -> accept(opened));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void accept(ServerSocket from) {
        while (!from.isClosed()) {
            try {
                Socket near = from.accept();
                sockets.add(near);
                Thread.ofVirtual().start(() -> lead(near));
            } catch (IOException closed) {
                closeQuietly(from);
            }
        }
    }

    private void lead(Socket near) {
        Socket far = new Socket();
        try {
            awaitPassage();
            far.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
            sockets.add(far);
            near.setTcpNoDelay(true);
            far.setTcpNoDelay(true);
            Thread.ofVirtual().start(() -> pump(far, near));
            pump(near, far);
        } catch (IOException unreachable) {
            breakOff(near);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } finally {
            sockets.remove(near);
            sockets.remove(far);
        }
    }

    // Ends with either side: nobody here speaks on after the other has said goodbye.
    private void pump(Socket from, Socket to) {
        byte[] buffer = new byte[BUFFER];
        try (from; to; InputStream in = from.getInputStream(); OutputStream out = to.getOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                awaitPassage();
                out.write(buffer, 0, read);
            }
            awaitPassage();
        } catch (IOException ended) {
            awaitPassageQuietly();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void awaitPassage() throws InterruptedException {
        while (silent) {
            wait();
        }
    }

    private void awaitPassageQuietly() {
        try {
            awaitPassage();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static void breakOff(Socket socket) {
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
            // It is as closed as it gets.
        }
    }
}
