package parley.kit;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** An upgrade request, written by hand: right as it begins, and as wrong as a test makes it. */
public final class Handshake {

    private static final String SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 section 1.3

    private record Header(String name, String value) {}

    private final List<Header> headers = new ArrayList<>();
    private String query = "";
    private byte[] behind = {};

    private Handshake() {
        with("Host", Server.base().getAuthority());
        with("Upgrade", "websocket");
        with("Connection", "Upgrade");
        with("Sec-WebSocket-Key", SAMPLE_KEY);
        with("Sec-WebSocket-Version", "13");
    }

    /** One without a token. */
    public static Handshake ofNobody() {
        return new Handshake();
    }

    /** One with this token in its {@code Authorization} header. */
    public static Handshake bearing(String token) {
        return ofNobody().with("Authorization", "Bearer " + token);
    }

    /** One of this user, with a good token in its {@code Authorization} header. */
    public static Handshake of(String user) {
        return bearing(Tokens.of(user));
    }

    /** With this header, in place of one of the same name. */
    public Handshake with(String name, String value) {
        without(name);
        headers.add(new Header(name, value));
        return this;
    }

    /** Without this header. */
    public Handshake without(String name) {
        headers.removeIf(header -> header.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
        return this;
    }

    /** From a page of this origin. */
    public Handshake from(String origin) {
        return with("Origin", origin);
    }

    /** With this query in the address. */
    public Handshake withQuery(String text) {
        query = "?" + text;
        return this;
    }

    /** Sends it and reads the answer; an {@link AssertionError} when the server takes it. */
    public HttpAnswer refused() {
        try (RawSocket socket = RawSocket.requesting(this)) {
            if (socket.answered().status() == 101) {
                throw new AssertionError("The server took a handshake that it should refuse: " + socket.answered());
            }
            return socket.answered();
        }
    }

    /** Sends it and reads the answer's head; an {@link AssertionError} when the server refuses it. */
    public HttpAnswer taken() {
        try (RawSocket socket = opens()) {
            return socket.answered();
        }
    }

    /** Sends it and keeps the socket, greeted by the server; an {@link AssertionError} when the server refuses it. */
    public RawSocket opens() {
        return greeted(RawSocket.requesting(this));
    }

    /** The same for someone who will not read much: so many bytes may wait at this end. */
    public RawSocket opensWithRoomFor(int bytes) {
        return greeted(RawSocket.requesting(this, bytes));
    }

    /** The same over a connection that is there already, such as one with TLS. */
    public RawSocket opensOver(Socket connected) {
        return greeted(RawSocket.requesting(this, connected));
    }

    private static RawSocket greeted(RawSocket socket) {
        if (socket.answered().status() != 101) {
            socket.close();
            throw new AssertionError("The server refused a handshake that it should take: " + socket.answered());
        }
        socket.greeted();
        return socket;
    }

    /** With this right behind it, before the answer. */
    public Handshake followedBy(RawFrame frame) {
        behind = frame.encoded();
        return this;
    }

    /** As it goes over the wire. */
    byte[] bytes() {
        byte[] head = text().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(head, head.length + behind.length);
        System.arraycopy(behind, 0, all, head.length, behind.length);
        return all;
    }

    private String text() {
        var text = new StringBuilder("GET " + Server.base().getPath() + "/ws" + query + " HTTP/1.1\r\n");
        headers.forEach(header -> text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        return text.append("\r\n").toString();
    }
}
