package parley.client;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One WebSocket. It hands each frame to the session on the loop, and reads another one for each call of {@link #more}, so at most
 * {@value #WINDOW} frames wait. All methods are called on the loop; the callbacks of the WebSocket come on other threads.
 */
final class Link implements WebSocket.Listener {

    /** Receives what happens to a link, on the loop, in order. Nothing follows {@link #closed} and {@link #failed}. */
    interface Owner {

        /** A frame arrived. */
        void frame(Link link, JsonNode frame);

        /** A ping or a part of a frame arrived. */
        void alive(Link link);

        /** The server closed the connection. */
        void closed(Link link, int code, String reason);

        /** The connection could not be opened, broke, or brought something that is no frame. */
        void failed(Link link, Throwable cause);
    }

    /**
     * How many frames are read ahead. More than one, because the JDK's WebSocket does not report the end of a connection if it comes while
     * nothing is requested.
     */
    static final int WINDOW = 16;
    /** A larger frame of the server ends the connection: the largest page of messages has less than a quarter of it. */
    static final int MOST_BYTES = 8 << 20;
    private static final String JSON_DIALECT = "parley.v1";
    private static final String CBOR_DIALECT = "parley.v1.cbor";

    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(3);
    private static final JsonMapper JSON = new JsonMapper();

    private final Owner owner;
    private final Loop loop;
    private final StringBuilder text = new StringBuilder();
    private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
    private WebSocket socket;
    private CompletableFuture<WebSocket> sends;
    private boolean over;

    Link(Owner owner, Loop loop) {
        this.owner = owner;
        this.loop = loop;
    }

    /** Opens the connection. The first frame or {@link Owner#failed} follows. */
    void open(HttpClient http, URI server, String token, boolean binary, Duration within) {
        WebSocket.Builder builder = http.newWebSocketBuilder().connectTimeout(within).header("Authorization", "Bearer " + token);
        (binary ? builder.subprotocols(CBOR_DIALECT, JSON_DIALECT) : builder.subprotocols(JSON_DIALECT)).buildAsync(server, this)
                .whenComplete((opened, failed) -> loop.run(() -> opened(opened, failed)));
    }

    private void opened(WebSocket opened, Throwable failed) {
        if (failed != null) {
            fail(failed);
        } else if (over) {
            opened.abort();
        } else {
            socket = opened;
            sends = CompletableFuture.completedFuture(opened);
            opened.request(WINDOW);
        }
    }

    /** A frame was dealt with: reads another one. */
    void more() {
        if (!over) {
            socket.request(1);
        }
    }

    /** Sends a frame after those that were sent before. */
    void send(ObjectNode frame) {
        if (socket.getSubprotocol().equals(CBOR_DIALECT)) {
            ByteBuffer cbor = ByteBuffer.wrap(CborFormat.write(frame));
            sends = sends.thenCompose(ready -> ready.sendBinary(cbor, true));
        } else {
            String json = frame.toString();
            sends = sends.thenCompose(ready -> ready.sendText(json, true));
        }
        sends.whenComplete((sent, failed) -> {
            if (failed != null) {
                loop.run(() -> fail(failed));
            }
        });
    }

    /** Sends a close frame, and waits a moment for the server's. */
    void close() {
        over = true;
        if (socket == null) {
            return;
        }
        WebSocket closing = socket;
        sends.thenCompose(ready -> ready.sendClose(WebSocket.NORMAL_CLOSURE, "")).whenComplete((sent, failed) -> {
            if (failed != null) {
                closing.abort();
            }
        });
        closing.request(Long.MAX_VALUE);
        CompletableFuture.delayedExecutor(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS).execute(closing::abort);
    }

    /** Drops the connection at once. Nothing is reported. */
    void abort() {
        over = true;
        if (socket != null) {
            socket.abort();
        }
    }

    // Frames are asked for when the session has the socket.
    @Override
    public void onOpen(WebSocket opening) {
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        if (text.length() + part.length() > MOST_BYTES) {
            tooLarge(from);
            return null;
        }
        text.append(part);
        if (last) {
            String frame = text.toString();
            text.setLength(0);
            received(() -> JSON.readTree(frame));
        } else {
            loop.run(() -> partly(from));
        }
        return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer part, boolean last) {
        if (!from.getSubprotocol().equals(CBOR_DIALECT)) {
            loop.run(() -> fail(new IllegalStateException("The server sent a binary frame.")));
            return null;
        }
        if (binary.size() + part.remaining() > MOST_BYTES) {
            tooLarge(from);
            return null;
        }
        byte[] bytes = new byte[part.remaining()];
        part.get(bytes);
        binary.writeBytes(bytes);
        if (last) {
            byte[] frame = binary.toByteArray();
            binary.reset();
            received(() -> CborFormat.read(frame));
        } else {
            loop.run(() -> partly(from));
        }
        return null;
    }

    private void tooLarge(WebSocket from) {
        from.abort();
        loop.run(() -> fail(new IllegalStateException("The server sent a frame of more than " + MOST_BYTES + " bytes.")));
    }

    private void received(Supplier<JsonNode> frame) {
        JsonNode json = parsed(frame);
        if (!json.isObject()) {
            loop.run(() -> fail(new IllegalStateException("The server sent a frame that is not one object.")));
            return;
        }
        loop.run(() -> {
            if (!over) {
                owner.frame(this, json);
            }
        });
    }

    private static JsonNode parsed(Supplier<JsonNode> frame) {
        try {
            return frame.get();
        } catch (JacksonException broken) {
            return JSON.missingNode();
        }
    }

    private void partly(WebSocket from) {
        if (!over) {
            owner.alive(this);
            from.request(1);
        }
    }

    // The WebSocket answers a ping by itself.
    @Override
    public CompletionStage<?> onPing(WebSocket from, ByteBuffer content) {
        loop.run(() -> partly(from));
        return null;
    }

    @Override
    public CompletionStage<?> onPong(WebSocket from, ByteBuffer content) {
        loop.run(() -> partly(from));
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        loop.run(() -> {
            if (!over) {
                over = true;
                owner.closed(this, code, reason);
            }
        });
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable broken) {
        loop.run(() -> fail(broken));
    }

    private void fail(Throwable cause) {
        if (!over) {
            abort();
            owner.failed(this, cause instanceof CompletionException && cause.getCause() != null ? cause.getCause() : cause);
        }
    }

    /** The HTTP status with which the server refused the handshake; 0 for another failure. */
    static int status(Throwable cause) {
        return cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null ? refused.getResponse().statusCode()
                : 0;
    }

    /** How long the server wants the client to wait; zero if it did not say, or said something that is no number of seconds. */
    static Duration retryAfter(Throwable cause) {
        if (cause instanceof WebSocketHandshakeException refused && refused.getResponse() != null) {
            String seconds = refused.getResponse().headers().firstValue("Retry-After").orElse("");
            return seconds.matches("[0-9]{1,5}") ? Duration.ofSeconds(Long.parseLong(seconds)) : Duration.ZERO;
        }
        return Duration.ZERO;
    }
}
