package parley.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Clients on non-blocking sockets, all in the caller's thread: {@link #poll} does the I/O and calls the listener. Frames are counted by
 * their headers without decoding; one in {@code sampleEvery} deliveries of a client is timed.
 */
final class ClientPool implements AutoCloseable {

    /** Callbacks from {@link #poll}. Times are {@code System.nanoTime()}. */
    interface Listener {

        /** The client is connected and in its room. */
        default void ready(LoadClient client, long now) {
        }

        /** A timed delivery of a message with this intended send time. */
        default void delivered(LoadClient client, long intended, long now) {
        }

        /** The reply to a command with this intended send time. */
        default void answered(LoadClient client, long intended, boolean done, long now) {
        }

        /** The connection ended unexpectedly; the client has the close code. */
        default void lost(LoadClient client, long now) {
        }
    }

    static final Listener IGNORE = new Listener() { };

    private static final int BUFFER = 1 << 20;
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long SHORT_WAIT = TimeUnit.MICROSECONDS.toNanos(50);
    /** Source addresses: each has 28,000 ports, blocked for a minute after use. Linux accepts all of 127.0.0.0/8. */
    private static final int ADDRESSES = System.getProperty("os.name").equals("Linux") ? 20 : 1;
    private static final String SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 section 1.3

    private final List<InetSocketAddress> servers;
    private final Function<LoadClient, Dialect> dialects;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final List<LoadClient> clients = new ArrayList<>();
    private Listener listener = IGNORE;
    private int sampleEvery = 1;
    private long deliveries;
    private int readyCount;
    private int nextAddress;

    ClientPool(InetSocketAddress server, Dialect dialect) {
        this(List.of(server), dialect);
    }

    /** @param servers the instances; each client has the index of its own */
    ClientPool(List<InetSocketAddress> servers, Dialect dialect) {
        this(servers, client -> dialect);
    }

    /** @param dialects what each client speaks */
    ClientPool(List<InetSocketAddress> servers, Function<LoadClient, Dialect> dialects) {
        this.servers = List.copyOf(servers);
        this.dialects = dialects;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Replaces the listener; it gets one in {@code newSampleEvery} deliveries per client. */
    void setListener(Listener told, int newSampleEvery) {
        listener = told;
        sampleEvery = newSampleEvery;
    }

    List<LoadClient> clients() {
        return Collections.unmodifiableList(clients);
    }

    /** The number of all deliveries. */
    long deliveries() {
        return deliveries;
    }

    /** The number of clients that are in their room. */
    int readyCount() {
        return readyCount;
    }

    /** Starts to connect a client. Later polls complete the connection. */
    void connect(LoadClient client, String token) {
        InetSocketAddress server = servers.get(client.server());
        try {
            client.channel = SocketChannel.open();
            client.channel.configureBlocking(false);
            client.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (ADDRESSES > 1) {
                int last = 1 + nextAddress++ % ADDRESSES;
                client.channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), 0));
            }
            Dialect dialect = dialects.apply(client);
            client.dialect = dialect;
            client.unsent.add(request(server, dialect, token));
            client.entering = dialect.entering(client, token).iterator();
            clients.add(client);
            client.key = client.channel.register(selector, SelectionKey.OP_CONNECT, client);
            if (client.channel.connect(server)) {
                connected(client);
            }
        } catch (IOException e) {
            closed(client);
        }
    }

    private static ByteBuffer request(InetSocketAddress server, Dialect dialect, String token) {
        String request = "GET " + dialect.target() + " HTTP/1.1\r\nHost: " + server.getHostString() + ":" + server.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + SAMPLE_KEY
                + "\r\n" + dialect.headers(token) + "\r\n";
        return ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Posts a message with this intended send time. */
    void post(LoadClient client, long intended) {
        long id = client.nextCommand(intended);
        send(client, client.dialect.frame(client.dialect.post(id, client.room(), client.number() + "-" + id + "-" + intended,
                TimestampedText.text(intended))));
    }

    /** Sends a frame. Later polls send what the socket does not accept now. */
    void send(LoadClient client, ByteBuffer frame) {
        client.unsent.add(frame);
        if (client.unsent.size() == 1) {
            write(client);
        }
    }

    /** Stops or resumes reading from the socket of a client. */
    void setReading(LoadClient client, boolean on) {
        client.reading = on;
        interest(client);
    }

    /** Closes a connection: sends a close frame, then closes the socket. */
    void disconnect(LoadClient client) {
        if (client.state == LoadClient.State.READY) {
            send(client, Frames.close());
        }
        closeSocket(client);
    }

    /** Removes closed clients. */
    void removeClosed() {
        clients.removeIf(client -> client.state == LoadClient.State.CLOSED);
    }

    /** Performs pending I/O; waits for some until this time at most. Returns at most 0.1 ms late. */
    void poll(long until) {
        try {
            long wait = until - System.nanoTime();
            if (wait >= 2 * MILLISECOND) {
                selector.select(this::ready, wait / MILLISECOND - 1);
            } else if (selector.selectNow(this::ready) == 0 && wait > SHORT_WAIT) {
                // A selector can only wait for whole milliseconds.
                LockSupport.parkNanos(SHORT_WAIT);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        LoadClient client = (LoadClient) key.attachment();
        try {
            if (key.isConnectable() && client.channel.finishConnect()) {
                connected(client);
            } else {
                if (key.isWritable()) {
                    write(client);
                }
                if (key.isValid() && key.isReadable()) {
                    read(client);
                }
            }
        } catch (IOException e) {
            closed(client);
        }
    }

    private void connected(LoadClient client) {
        client.state = LoadClient.State.UPGRADING;
        write(client);
    }

    private void write(LoadClient client) {
        try {
            while (!client.unsent.isEmpty()) {
                client.channel.write(client.unsent.peek());
                if (client.unsent.peek().hasRemaining()) {
                    break;
                }
                client.unsent.remove();
            }
            interest(client);
        } catch (IOException e) {
            closed(client);
        }
    }

    private static void interest(LoadClient client) {
        int wanted = (client.reading ? SelectionKey.OP_READ : 0) | (client.unsent.isEmpty() ? 0 : SelectionKey.OP_WRITE);
        if (client.key.isValid() && client.key.interestOps() != wanted) {
            client.key.interestOps(wanted);
        }
    }

    private void read(LoadClient client) throws IOException {
        buffer.clear();
        if (client.partialFrame != null) {
            buffer.put(client.partialFrame);
            client.partialFrame = null;
        }
        if (client.channel.read(buffer) < 0) {
            closed(client);
            return;
        }
        long now = System.nanoTime();
        int end = buffer.position();
        int at = client.state == LoadClient.State.UPGRADING ? upgraded(client, end) : 0;
        at = parseFrames(client, at, end, now);
        if (at < end && client.state != LoadClient.State.CLOSED) {
            client.partialFrame = ByteBuffer.allocate(end - at).put(buffer.slice(at, end - at)).flip();
        }
    }

    // The position of the first frame; 0 while the response is incomplete.
    private int upgraded(LoadClient client, int end) throws IOException {
        for (int at = 3; at < end; at++) {
            if (buffer.get(at) == '\n' && buffer.get(at - 2) == '\n') {
                if (buffer.get(9) != '1' || buffer.get(10) != '0' || buffer.get(11) != '1') {
                    throw new IOException("The upgrade was refused.");
                }
                client.state = LoadClient.State.ENTERING;
                if (!client.dialect.greets()) {
                    advance(client, System.nanoTime());
                }
                return at + 1;
            }
        }
        return 0;
    }

    private int parseFrames(LoadClient client, int from, int end, long now) throws IOException {
        int at = from;
        while (end - at >= 2 && client.state.compareTo(LoadClient.State.ENTERING) >= 0 && client.state != LoadClient.State.CLOSED) {
            int length = buffer.get(at + 1) & 0x7f;
            int header = length < 126 ? 2 : length == 126 ? 4 : 10;
            if (end - at < header) {
                break;
            }
            if (header > 2) {
                length = header == 4 ? buffer.getShort(at + 2) & 0xffff : (int) buffer.getLong(at + 2);
            }
            if (header + length > BUFFER) {
                throw new IOException("Frame too large: " + length + " bytes");
            }
            if (end - at < header + length) {
                break;
            }
            frame(client, buffer.get(at) & 0x0f, at + header, length, now);
            at += header + length;
        }
        return at;
    }

    private void frame(LoadClient client, int opcode, int from, int length, long now) {
        switch (opcode) {
            case Frames.TEXT, Frames.BINARY -> content(client, from, length, now);
            case Frames.PING -> send(client, Frames.frame(Frames.PONG, bytes(from, length)));
            case Frames.CLOSE -> {
                client.closeCode = length < 2 ? 1005 : buffer.getShort(from) & 0xffff;
                closed(client);
            }
            default -> { }
        }
    }

    private void content(LoadClient client, int from, int length, long now) {
        switch (client.dialect.kind(buffer, from, length)) {
            case DELIVERY -> {
                deliveries++;
                if ((++client.deliveries + client.number()) % sampleEvery == 0) {
                    listener.delivered(client, TimestampedText.find(buffer, from, length), now);
                }
            }
            case GREETING -> advance(client, now);
            case REPLY -> answered(client, from, true, now);
            case REFUSAL -> answered(client, from, false, now);
            case HEARTBEAT -> send(client, client.dialect.frame(client.dialect.heartbeat()));
            case OTHER -> { }
        }
    }

    private void answered(LoadClient client, int from, boolean done, long now) {
        if (client.state == LoadClient.State.READY) {
            listener.answered(client, client.answered(client.dialect.repliesTo(buffer, from)), done, now);
        } else if (done) {
            advance(client, now);
        } else {
            closed(client);
        }
    }

    private void advance(LoadClient client, long now) {
        if (client.state != LoadClient.State.ENTERING) {
            return;
        }
        if (client.entering.hasNext()) {
            send(client, client.dialect.frame(client.entering.next()));
        } else {
            client.state = LoadClient.State.READY;
            readyCount++;
            listener.ready(client, now);
        }
    }

    private byte[] bytes(int from, int length) {
        byte[] bytes = new byte[length];
        buffer.get(from, bytes);
        return bytes;
    }

    private void closed(LoadClient client) {
        if (client.state != LoadClient.State.CLOSED) {
            closeSocket(client);
            listener.lost(client, System.nanoTime());
        }
    }

    private void closeSocket(LoadClient client) {
        if (client.state == LoadClient.State.READY) {
            readyCount--;
        }
        client.state = LoadClient.State.CLOSED;
        client.unsent.clear();
        try {
            client.channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Closes all connections. */
    @Override
    public void close() {
        clients.forEach(this::disconnect);
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
