package parley.kit;

import static parley.kit.RawFrame.CLOSE;
import static parley.kit.RawFrame.PING;
import static parley.kit.RawFrame.TEXT;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A WebSocket connection on a plain TCP socket, where a test controls every byte. Reads fail after the kit's timeout. For one
 * thread.
 */
public final class RawSocket implements AutoCloseable {

    private static final int MAX_READ = 1 << 20;

    private final Socket socket;
    private final DataInputStream in;
    private final HttpAnswer answered;
    private final FrameChecks checks = new FrameChecks();
    private JsonNode hello;

    private RawSocket(Socket connected, byte[] request) throws IOException {
        socket = connected;
        socket.setSoTimeout((int) Timeouts.DEFAULT.toMillis());
        socket.setTcpNoDelay(true);
        in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
        socket.getOutputStream().write(request);
        answered = answer();
    }

    private static Socket connected(int receiveBuffer) throws IOException {
        Socket socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(Server.base().getHost(), Server.base().getPort()));
        return socket;
    }

    /** Sends this upgrade request and reads the response, whatever its status. */
    public static RawSocket requesting(Handshake handshake) {
        return requesting(handshake, 0);
    }

    /** The same with a receive buffer of this many bytes; 0 for the default size. */
    static RawSocket requesting(Handshake handshake, int receiveBuffer) {
        return io("the response to a handshake", () -> new RawSocket(connected(receiveBuffer), handshake.bytes()));
    }

    /** The same over an existing connection, such as one with TLS. */
    static RawSocket requesting(Handshake handshake, Socket connected) {
        return io("the response to a handshake", () -> new RawSocket(connected, handshake.bytes()));
    }

    /** The response to the upgrade request. */
    public HttpAnswer answered() {
        return answered;
    }

    /** The {@code hello} frame. */
    public JsonNode hello() {
        return hello;
    }

    void awaitHello() {
        RawFrame first = readsAfterPings();
        hello = first.opcode() == TEXT ? Json.read(first.text()) : null;
        if (hello == null || !Expected.isA(hello, "hello")) {
            throw new AssertionError("Expected hello as the first frame, but got " + first.text());
        }
    }

    /** Sends frames back to back. */
    public RawSocket sends(RawFrame... frames) {
        for (RawFrame frame : frames) {
            sends(frame.encoded());
        }
        return this;
    }

    /** Sends bytes. */
    public RawSocket sends(byte[] bytes) {
        return io("a frame to be written", () -> {
            socket.getOutputStream().write(bytes);
            return this;
        });
    }

    /** Sends bytes this many times from another thread, or until the server closes the connection. The caller may read meanwhile. */
    public RawSocket floods(byte[] bytes, int times) {
        Thread.startVirtualThread(() -> {
            try {
                for (int i = 0; i < times; i++) {
                    socket.getOutputStream().write(bytes);
                }
            } catch (IOException closed) {
                // Expected: the server closes a connection that floods it.
            }
        });
        return this;
    }

    /** Reads the next frame. */
    public RawFrame reads() {
        return io("a frame", this::frame);
    }

    /** Reads the next frame that is not a ping; the server may send pings at any time. */
    public RawFrame readsAfterPings() {
        RawFrame frame = reads();
        while (frame.opcode() == PING) {
            frame = reads();
        }
        return frame;
    }

    /** Reads until the reply to this command and returns it. */
    public Reply readsReply(long id) {
        for (RawFrame frame = reads();; frame = reads()) {
            if (frame.opcode() == CLOSE) {
                throw new AssertionError("Expected a reply to " + id + ", but the server closed the connection with " + frame.closeCode());
            }
            if (frame.opcode() == TEXT && !frame.isCompressed() && Json.read(frame.text()).path("re").asLong(0) == id) {
                return new Reply(Json.read(frame.text()));
            }
        }
    }

    /** Subscribes to a room and waits for the reply. */
    public RawSocket subscribes(String room) {
        sends(RawFrame.text("{\"id\":1,\"type\":\"subscribe\",\"room\":\"" + room + "\"}")).readsReply(1).ok();
        return this;
    }

    /** Reads until the event of a message with this text. */
    public void readsMessage(String text) {
        RawFrame frame = reads();
        while (frame.opcode() != TEXT || !Expected.posted(text).matches().test(Json.read(frame.text()))) {
            frame = reads();
        }
    }

    /** Reads until the connection ends and returns the close code; 1006 without a close frame. */
    public int closeCode() {
        try {
            for (RawFrame frame = frame();; frame = frame()) {
                if (frame.opcode() == CLOSE) {
                    return frame.closeCode();
                }
            }
        } catch (java.net.SocketTimeoutException open) {
            throw new AssertionError("The server did not close the connection.");
        } catch (IOException ended) {
            return 1006;
        }
    }

    /** Waits this long at most for the server to close the connection, and returns how long it took. Pings are not answered. */
    public Duration timeUntilClosed(Duration bound) {
        long start = System.nanoTime();
        io("the close", () -> {
            socket.setSoTimeout((int) bound.toMillis());
            return socket;
        });
        closeCode();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Shuts down the output only: a half-closed connection. */
    public RawSocket stopsSending() {
        return io("the shutdown of the output", () -> {
            socket.shutdownOutput();
            return this;
        });
    }

    /** Resets the TCP connection, as a crashed peer does. */
    public void resets() {
        io("a reset", () -> {
            socket.setSoLinger(true, 0);
            socket.close();
            return this;
        });
    }

    /** Closes the TCP connection without a closing handshake. */
    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }

    private RawFrame frame() throws IOException {
        int head = in.readUnsignedByte();
        int second = in.readUnsignedByte();
        long length = second & 0x7f;
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = in.readLong();
        }
        if (second > 127 || length < 0 || length > MAX_READ) {
            throw new AssertionError("The server sent an invalid frame: masked, or " + length + " bytes long");
        }
        RawFrame frame = new RawFrame(head, false, length, in.readNBytes((int) length));
        if (frame.opcode() == TEXT && !frame.isCompressed()) {
            check(frame.text());
        }
        return frame;
    }

    private void check(String text) {
        if (answered.header("Sec-WebSocket-Protocol").filter("v12.stomp"::equals).isEmpty()) {
            checks.received(Json.read(text));
        } else if (text.startsWith("MESSAGE\n")) {
            checks.received(Json.read(text.substring(text.indexOf("\n\n") + 2, text.length() - 1)));
        }
    }

    private HttpAnswer answer() throws IOException {
        String statusLine = line();
        int status = Integer.parseInt(statusLine.split(" ")[1]);
        Map<String, List<String>> headers = new HashMap<>();
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.computeIfAbsent(line.substring(0, colon).toLowerCase(Locale.ROOT), first -> new ArrayList<>())
                    .add(line.substring(colon + 1).strip());
        }
        return new HttpAnswer(status, headers, status == 101 ? "" : body(headers)).checked("GET", "/ws", Optional.empty());
    }

    private String body(Map<String, List<String>> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            return chunks();
        }
        Optional<String> length = Optional.ofNullable(headers.get("content-length")).map(List::getFirst);
        // Without a length the body ends with the connection (RFC 9112 section 6.3).
        return ascii(in.readNBytes(length.map(Integer::parseInt).orElse(MAX_READ)));
    }

    private String chunks() throws IOException {
        var body = new StringBuilder();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.append(ascii(in.readNBytes(size)));
            line();
        }
        return body.toString();
    }

    private String line() throws IOException {
        var line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new EOFException("End of stream after: " + line);
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private interface Operation<T> {
        T run() throws IOException;
    }

    private static <T> T io(String wanted, Operation<T> operation) {
        try {
            return operation.run();
        } catch (IOException broken) {
            throw new AssertionError("Waited for " + wanted + ", but got " + broken, broken);
        }
    }
}
