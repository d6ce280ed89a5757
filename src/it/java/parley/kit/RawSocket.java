package parley.kit;

import static parley.kit.RawFrame.CLOSE;
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
 * A TCP connection to the server on which a test says every byte itself. Reading waits within the kit's bound. For one
 * thread.
 */
public final class RawSocket implements AutoCloseable {

    private static final int LARGEST_READ = 1 << 20;

    private final Socket socket;
    private final DataInputStream in;
    private final HttpAnswer answered;
    private JsonNode hello;

    private RawSocket(Socket connected, byte[] request) throws IOException {
        socket = connected;
        socket.setSoTimeout((int) Timeouts.BOUND.toMillis());
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

    /** Sends this upgrade request and reads the answer, whatever it is. */
    public static RawSocket requesting(Handshake handshake) {
        return requesting(handshake, 0);
    }

    /** The same with so many bytes at most for what came and is not read; 0 for as many as the system likes. */
    static RawSocket requesting(Handshake handshake, int receiveBuffer) {
        return wired("an answer to a handshake", () -> new RawSocket(connected(receiveBuffer), handshake.bytes()));
    }

    /** The same over a connection that is there already, such as one with TLS. */
    static RawSocket requesting(Handshake handshake, Socket connected) {
        return wired("an answer to a handshake", () -> new RawSocket(connected, handshake.bytes()));
    }

    /** The answer to the upgrade request. */
    public HttpAnswer answered() {
        return answered;
    }

    /** The first frame. */
    public JsonNode hello() {
        return hello;
    }

    void greeted() {
        RawFrame first = reads();
        hello = first.opcode() == TEXT ? Json.read(first.text()) : null;
        if (hello == null || !Expected.isA(hello, "hello")) {
            throw new AssertionError("The first frame was no hello: " + first.text());
        }
    }

    /** Sends frames, one right after the other. */
    public RawSocket sends(RawFrame... frames) {
        for (RawFrame frame : frames) {
            sends(frame.encoded());
        }
        return this;
    }

    /** Sends bytes. */
    public RawSocket sends(byte[] bytes) {
        return wired("a frame to be sent", () -> {
            socket.getOutputStream().write(bytes);
            return this;
        });
    }

    /** Sends bytes again and again from a thread of its own, until it was that often or the server hung up. Others may read meanwhile. */
    public RawSocket floods(byte[] bytes, int times) {
        Thread.startVirtualThread(() -> {
            try {
                for (int i = 0; i < times; i++) {
                    socket.getOutputStream().write(bytes);
                }
            } catch (IOException hungUp) {
                // That is what a flood is answered with.
            }
        });
        return this;
    }

    /** Reads the next frame of the server's, whatever it is. */
    public RawFrame reads() {
        return wired("a frame", this::frame);
    }

    /** Reads up to the reply to this command. */
    public Reply readsReply(long id) {
        for (RawFrame frame = reads();; frame = reads()) {
            if (frame.opcode() == CLOSE) {
                throw new AssertionError("Expected a reply to " + id + ", but the server closed with " + frame.closeCode());
            }
            if (frame.opcode() == TEXT && Json.read(frame.text()).path("re").asLong(0) == id) {
                return new Reply(Json.read(frame.text()));
            }
        }
    }

    /** Subscribes to a room and reads up to the reply. */
    public RawSocket listensTo(String room) {
        sends(RawFrame.text("{\"id\":1,\"type\":\"subscribe\",\"room\":\"" + room + "\"}")).readsReply(1).ok();
        return this;
    }

    /** Reads up to the event of this message. */
    public void readsEvent(String text) {
        RawFrame frame = reads();
        while (frame.opcode() != TEXT || !Expected.posted(text).matches().test(Json.read(frame.text()))) {
            frame = reads();
        }
    }

    /** Reads up to the close frame; answers with its code, or with 1006 when the connection ends without one. */
    public int isClosed() {
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

    /** The same, waiting for so long; answers with how long it took. Pings are not answered. */
    public Duration isClosedWithin(Duration bound) {
        long start = System.nanoTime();
        wired("the end", () -> {
            socket.setSoTimeout((int) bound.toMillis());
            return socket;
        });
        isClosed();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Closes the sending half alone, as a peer does that is half dead. */
    public RawSocket stopsSending() {
        return wired("the end of sending", () -> {
            socket.shutdownOutput();
            return this;
        });
    }

    /** Ends the connection as a peer does that crashed: what it did not read it never will. */
    public void resets() {
        wired("a reset", () -> {
            socket.setSoLinger(true, 0);
            socket.close();
            return this;
        });
    }

    /** Ends the connection without a closing handshake. */
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
        if (second > 127 || length < 0 || length > LARGEST_READ) {
            throw new AssertionError("The server sent a frame that no server sends: masked, or of " + length + " bytes");
        }
        return new RawFrame(head, false, length, in.readNBytes((int) length));
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
        return new HttpAnswer(status, headers, status == 101 ? "" : body(headers));
    }

    private String body(Map<String, List<String>> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", List.of()).contains("chunked")) {
            return chunks();
        }
        Optional<String> length = Optional.ofNullable(headers.get("content-length")).map(List::getFirst);
        // Without a length it goes on to the end of the connection (RFC 9112 section 6.3).
        return ascii(in.readNBytes(length.map(Integer::parseInt).orElse(LARGEST_READ)));
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
                throw new EOFException("after: " + line);
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }

    private static String ascii(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private interface Wire<T> {
        T run() throws IOException;
    }

    private static <T> T wired(String wanted, Wire<T> act) {
        try {
            return act.run();
        } catch (IOException broken) {
            throw new AssertionError("Waited for " + wanted + ", but: " + broken, broken);
        }
    }
}
