package parley.kit;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** A WebSocket upgrade request that tests build by hand. It starts valid; each method changes one part, also to something invalid. */
public final class Handshake {

    private static final String SAMPLE_KEY = "dGhlIHNhbXBsZSBub25jZQ=="; // RFC 6455 section 1.3

    private record Header(String name, String value) {}

    private final List<Header> headers = new ArrayList<>();
    private String query = "";
    private byte[] early = {};

    private Handshake() {
        with("Host", Server.base().getAuthority());
        with("Upgrade", "websocket");
        with("Connection", "Upgrade");
        with("Sec-WebSocket-Key", SAMPLE_KEY);
        with("Sec-WebSocket-Version", "13");
    }

    /** A handshake without a token. */
    public static Handshake anonymous() {
        return new Handshake();
    }

    /** A handshake with this token in the {@code Authorization} header. */
    public static Handshake withToken(String token) {
        return anonymous().with("Authorization", "Bearer " + token);
    }

    /** A handshake with a valid token of this user in the {@code Authorization} header. */
    public static Handshake of(String user) {
        return withToken(Tokens.of(user));
    }

    /** Sets a header and replaces one of the same name. */
    public Handshake with(String name, String value) {
        without(name);
        headers.add(new Header(name, value));
        return this;
    }

    /** Removes a header. */
    public Handshake without(String name) {
        headers.removeIf(header -> header.name().toLowerCase(Locale.ROOT).equals(name.toLowerCase(Locale.ROOT)));
        return this;
    }

    /** Sets the {@code Origin}. */
    public Handshake from(String origin) {
        return with("Origin", origin);
    }

    /** Sets the query of the request target. */
    public Handshake withQuery(String text) {
        query = "?" + text;
        return this;
    }

    /** Sends the handshake and returns the response; an {@link AssertionError} if the server accepts it. */
    public HttpAnswer refused() {
        try (RawSocket socket = RawSocket.requesting(this)) {
            if (socket.answered().status() == 101) {
                throw new AssertionError("Expected the server to refuse the handshake, but it accepted it: " + socket.answered());
            }
            return socket.answered();
        }
    }

    /** Sends the handshake and returns the response; an {@link AssertionError} if the server refuses it. */
    public HttpAnswer accepted() {
        try (RawSocket socket = opens()) {
            return socket.answered();
        }
    }

    /** Sends the handshake, waits for {@code hello} and returns the open socket; an {@link AssertionError} if the server refuses it. */
    public RawSocket opens() {
        return awaitHello(RawSocket.requesting(this));
    }

    /** Like {@link #opens}, with a receive buffer of this many bytes. */
    public RawSocket opensWithReceiveBuffer(int bytes) {
        return awaitHello(RawSocket.requesting(this, bytes));
    }

    /** Like {@link #opens}, over an existing connection, such as one with TLS. */
    public RawSocket opensOver(Socket connected) {
        return awaitHello(RawSocket.requesting(this, connected));
    }

    private static RawSocket awaitHello(RawSocket socket) {
        if (socket.answered().status() != 101) {
            socket.close();
            throw new AssertionError("Expected the server to accept the handshake, but it refused it: " + socket.answered());
        }
        socket.awaitHello();
        return socket;
    }

    /** Sends this frame immediately after the request, before the response arrives. */
    public Handshake followedBy(RawFrame frame) {
        early = frame.encoded();
        return this;
    }

    /** The encoded request. */
    byte[] bytes() {
        byte[] head = text().getBytes(StandardCharsets.ISO_8859_1);
        byte[] all = Arrays.copyOf(head, head.length + early.length);
        System.arraycopy(early, 0, all, head.length, early.length);
        return all;
    }

    private String text() {
        var text = new StringBuilder("GET " + Server.base().getPath() + "/ws" + query + " HTTP/1.1\r\n");
        headers.forEach(header -> text.append(header.name()).append(": ").append(header.value()).append("\r\n"));
        return text.append("\r\n").toString();
    }
}
