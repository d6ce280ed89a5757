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

/**
 * Any number of clients on raw sockets in one thread: the caller's, which turns the crowd and is called back from it. Frames are
 * counted by walking their headers in a large buffer; the time in a message is read in one of {@code every} that a guest gets.
 */
final class Crowd implements AutoCloseable {

    /** What a crowd tells. */
    interface Listener {

        /** The guest is where it wanted to be. */
        default void entered(Guest guest, long now) {
        }

        /** A message came that was to be posted at that moment. Only one of {@code every} tells. */
        default void delivered(Guest guest, long intended, long now) {
        }

        /** A command that was to be sent at that moment is answered. */
        default void answered(Guest guest, long intended, boolean done, long now) {
        }

        /** The connection ended, and not because we ended it; the guest has the code. */
        default void lost(Guest guest, long now) {
        }
    }

    static final Listener NOBODY = new Listener() { };

    private static final int BUFFER = 1 << 20;
    private static final long MILLISECOND = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long NAP = TimeUnit.MICROSECONDS.toNanos(50);
    /** An address has 28,000 ports; those just used rest for a minute. Linux has all of 127.0.0.0/8. */
    private static final int ADDRESSES = System.getProperty("os.name").equals("Linux") ? 20 : 1;
    private static final String SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 section 1.3

    private final List<InetSocketAddress> servers;
    private final Dialect dialect;
    private final Selector selector;
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
    private final List<Guest> guests = new ArrayList<>();
    private Listener listener = NOBODY;
    private int every = 1;
    private long deliveries;
    private int in;
    private int addressed;

    Crowd(InetSocketAddress server, Dialect dialect) {
        this(List.of(server), dialect);
    }

    /** @param servers each guest says to which of them it comes */
    Crowd(List<InetSocketAddress> servers, Dialect dialect) {
        this.servers = List.copyOf(servers);
        this.dialect = dialect;
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Who is told from now on. */
    void tell(Listener told, int everyMessage) {
        listener = told;
        every = everyMessage;
    }

    List<Guest> guests() {
        return Collections.unmodifiableList(guests);
    }

    /** Messages that came, all of them counted. */
    long deliveries() {
        return deliveries;
    }

    /** Guests that are in now. */
    int in() {
        return in;
    }

    Dialect dialect() {
        return dialect;
    }

    /** Begins to connect a guest, who goes on by itself until it is in its room. */
    void invite(Guest guest, String token) {
        InetSocketAddress server = servers.get(guest.server());
        try {
            guest.channel = SocketChannel.open();
            guest.channel.configureBlocking(false);
            guest.channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            if (ADDRESSES > 1) {
                int last = 1 + addressed++ % ADDRESSES;
                guest.channel.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last}), 0));
            }
            guest.unsent.add(request(server, token));
            guest.entering = dialect.entering(guest, token).iterator();
            guests.add(guest);
            guest.key = guest.channel.register(selector, SelectionKey.OP_CONNECT, guest);
            if (guest.channel.connect(server)) {
                connected(guest);
            }
        } catch (IOException e) {
            gone(guest);
        }
    }

    private ByteBuffer request(InetSocketAddress server, String token) {
        String request = "GET " + dialect.target() + " HTTP/1.1\r\nHost: " + server.getHostString() + ":" + server.getPort()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + SAMPLE_KEY
                + "\r\n" + dialect.headers(token) + "\r\n";
        return ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** Sends a message that was to be sent at that moment. */
    void post(Guest guest, long intended) {
        long id = guest.asks(intended);
        send(guest, Frames.text(dialect.post(id, guest.room(), guest.number() + "-" + id + "-" + intended, Stamp.text(intended))));
    }

    /** Sends a frame; what the socket does not take now follows by itself. */
    void send(Guest guest, ByteBuffer frame) {
        guest.unsent.add(frame);
        if (guest.unsent.size() == 1) {
            write(guest);
        }
    }

    /** Stops or goes on reading what is sent to this guest. */
    void reads(Guest guest, boolean on) {
        guest.reading = on;
        interest(guest);
    }

    /** Ends a guest's connection from our side: a close frame, and then the socket. */
    void leave(Guest guest) {
        if (guest.state == Guest.State.IN) {
            send(guest, Frames.close());
        }
        quit(guest);
    }

    /** Forgets those whose connections ended. */
    void forgetGone() {
        guests.removeIf(guest -> guest.state == Guest.State.GONE);
    }

    /** Reads and writes what can be; waits up to a moment for it when there is nothing. Ends late by 0.1 ms at most. */
    void turn(long until) {
        try {
            long wait = until - System.nanoTime();
            if (wait >= 2 * MILLISECOND) {
                selector.select(this::ready, wait / MILLISECOND - 1);
            } else if (selector.selectNow(this::ready) == 0 && wait > NAP) {
                // A selector waits for whole milliseconds only.
                LockSupport.parkNanos(NAP);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ready(SelectionKey key) {
        Guest guest = (Guest) key.attachment();
        try {
            if (key.isConnectable() && guest.channel.finishConnect()) {
                connected(guest);
            } else {
                if (key.isWritable()) {
                    write(guest);
                }
                if (key.isValid() && key.isReadable()) {
                    read(guest);
                }
            }
        } catch (IOException e) {
            gone(guest);
        }
    }

    private void connected(Guest guest) {
        guest.state = Guest.State.UPGRADING;
        write(guest);
    }

    private void write(Guest guest) {
        try {
            while (!guest.unsent.isEmpty()) {
                guest.channel.write(guest.unsent.peek());
                if (guest.unsent.peek().hasRemaining()) {
                    break;
                }
                guest.unsent.remove();
            }
            interest(guest);
        } catch (IOException e) {
            gone(guest);
        }
    }

    private static void interest(Guest guest) {
        int wanted = (guest.reading ? SelectionKey.OP_READ : 0) | (guest.unsent.isEmpty() ? 0 : SelectionKey.OP_WRITE);
        if (guest.key.isValid() && guest.key.interestOps() != wanted) {
            guest.key.interestOps(wanted);
        }
    }

    private void read(Guest guest) throws IOException {
        buffer.clear();
        if (guest.rest != null) {
            buffer.put(guest.rest);
            guest.rest = null;
        }
        if (guest.channel.read(buffer) < 0) {
            gone(guest);
            return;
        }
        long now = System.nanoTime();
        int end = buffer.position();
        int at = guest.state == Guest.State.UPGRADING ? upgraded(guest, end) : 0;
        at = walk(guest, at, end, now);
        if (at < end && guest.state != Guest.State.GONE) {
            guest.rest = ByteBuffer.allocate(end - at).put(buffer.slice(at, end - at)).flip();
        }
    }

    // Where the frames begin, 0 while the answer to the upgrade isn't whole.
    private int upgraded(Guest guest, int end) throws IOException {
        for (int at = 3; at < end; at++) {
            if (buffer.get(at) == '\n' && buffer.get(at - 2) == '\n') {
                if (buffer.get(9) != '1' || buffer.get(10) != '0' || buffer.get(11) != '1') {
                    throw new IOException("The upgrade was refused.");
                }
                guest.state = Guest.State.ENTERING;
                if (!dialect.greets()) {
                    advance(guest, System.nanoTime());
                }
                return at + 1;
            }
        }
        return 0;
    }

    private int walk(Guest guest, int from, int end, long now) throws IOException {
        int at = from;
        while (end - at >= 2 && guest.state.compareTo(Guest.State.ENTERING) >= 0 && guest.state != Guest.State.GONE) {
            int length = buffer.get(at + 1) & 0x7f;
            int header = length < 126 ? 2 : length == 126 ? 4 : 10;
            if (end - at < header) {
                break;
            }
            if (header > 2) {
                length = header == 4 ? buffer.getShort(at + 2) & 0xffff : (int) buffer.getLong(at + 2);
            }
            if (header + length > BUFFER) {
                throw new IOException("A frame of " + length + " bytes");
            }
            if (end - at < header + length) {
                break;
            }
            frame(guest, buffer.get(at) & 0x0f, at + header, length, now);
            at += header + length;
        }
        return at;
    }

    private void frame(Guest guest, int opcode, int from, int length, long now) {
        switch (opcode) {
            case Frames.TEXT -> text(guest, from, length, now);
            case Frames.PING -> send(guest, Frames.frame(Frames.PONG, bytes(from, length)));
            case Frames.CLOSE -> {
                guest.closeCode = length < 2 ? 1005 : buffer.getShort(from) & 0xffff;
                gone(guest);
            }
            default -> { }
        }
    }

    private void text(Guest guest, int from, int length, long now) {
        switch (dialect.kind(buffer, from, length)) {
            case DELIVERY -> {
                deliveries++;
                if ((++guest.deliveries + guest.number()) % every == 0) {
                    listener.delivered(guest, Stamp.find(buffer, from, length), now);
                }
            }
            case GREETING -> advance(guest, now);
            case REPLY -> answered(guest, from, true, now);
            case REFUSAL -> answered(guest, from, false, now);
            case HEARTBEAT -> send(guest, Frames.text(dialect.heartbeat()));
            case OTHER -> { }
        }
    }

    private void answered(Guest guest, int from, boolean done, long now) {
        if (guest.state == Guest.State.IN) {
            listener.answered(guest, guest.answered(dialect.repliesTo(buffer, from)), done, now);
        } else if (done) {
            advance(guest, now);
        } else {
            gone(guest);
        }
    }

    private void advance(Guest guest, long now) {
        if (guest.state != Guest.State.ENTERING) {
            return;
        }
        if (guest.entering.hasNext()) {
            send(guest, Frames.text(guest.entering.next()));
        } else {
            guest.state = Guest.State.IN;
            in++;
            listener.entered(guest, now);
        }
    }

    private byte[] bytes(int from, int length) {
        byte[] bytes = new byte[length];
        buffer.get(from, bytes);
        return bytes;
    }

    private void gone(Guest guest) {
        if (guest.state != Guest.State.GONE) {
            quit(guest);
            listener.lost(guest, System.nanoTime());
        }
    }

    private void quit(Guest guest) {
        if (guest.state == Guest.State.IN) {
            in--;
        }
        guest.state = Guest.State.GONE;
        guest.unsent.clear();
        try {
            guest.channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends every connection. */
    @Override
    public void close() {
        guests.forEach(this::leave);
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
