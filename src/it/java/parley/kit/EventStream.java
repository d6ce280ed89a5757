package parley.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;

/**
 * A response of server-sent events, read as the HTML standard says, with each frame checked against the contract. Every wait fails with an
 * {@link AssertionError} after the kit's timeout.
 */
public final class EventStream implements AutoCloseable {

    /**
     * What a stream had: an event, a comment, or its end.
     *
     * @param id the last id so far
     * @param at when it arrived, as {@link System#nanoTime}
     */
    public record Sent(Kind kind, String id, JsonNode data, long at) {

        Sent(Kind kind, String id, JsonNode data) {
            this(kind, id, data, System.nanoTime());
        }
    }

    /** The kinds of {@link Sent}. */
    public enum Kind { FRAME, CLOSE, RETRY, COMMENT, END }

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final HttpResponse<InputStream> response;
    private final FrameChecks checks = new FrameChecks();
    private final BlockingQueue<Sent> sent = new LinkedBlockingQueue<>();

    private EventStream(HttpResponse<InputStream> response, List<String> commands) {
        this.response = response;
        commands.forEach(checks::sent);
        if (response.statusCode() == 200) {
            Thread.ofVirtual().start(this::read);
        }
    }

    /** Posts this body to {@code /api/stream} with a token. */
    public static EventStream open(String token, Map<String, ?> body) {
        return open(CLIENT, Server.base(), token, body);
    }

    /** The same at another server and with another client. */
    public static EventStream open(HttpClient client, URI base, String token, Map<String, ?> body) {
        return send(client, HttpRequest.newBuilder(URI.create(base + "/api/stream")).header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json").POST(BodyPublishers.ofString(Json.text(body))), commands(body));
    }

    /** Gets the events of a room with a token. {@code query} is empty or begins with a question mark. */
    public static EventStream ofRoom(String token, String room, String query, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(Server.at("/api/rooms/" + room + "/events" + query))
                .header("Authorization", "Bearer " + token);
        return send(CLIENT, headers.length == 0 ? request : request.headers(headers), List.of(Json.command(1, "subscribe",
                Map.of("room", room))));
    }

    /** Sends any request. */
    public static EventStream send(HttpRequest.Builder request) {
        return send(CLIENT, request, List.of());
    }

    private static EventStream send(HttpClient client, HttpRequest.Builder request, List<String> commands) {
        try {
            return new EventStream(client.send(request.build(), BodyHandlers.ofInputStream()), commands);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    // The commands that a socket would need for the same.
    private static List<String> commands(Map<String, ?> body) {
        List<String> commands = new ArrayList<>();
        if (body.get("subscribe") instanceof List<?> subscriptions) {
            for (Object one : subscriptions) {
                @SuppressWarnings("unchecked")
                Map<String, ?> fields = (Map<String, ?>) one;
                commands.add(Json.command(commands.size() + 1, "subscribe", fields));
            }
        }
        commands.add(Json.command(commands.size() + 1, "watch", Map.of()));
        return commands;
    }

    /** The status. */
    public int status() {
        return response.statusCode();
    }

    /** The version of HTTP. */
    public HttpClient.Version version() {
        return response.version();
    }

    /** A header, or an empty text. */
    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The problem's code, if the stream was refused. */
    public String problem() {
        try {
            return new HttpAnswer(status(), response.headers().map(), new String(response.body().readAllBytes(), StandardCharsets.UTF_8))
                    .problem();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** The next event, comment or end. */
    public Sent next() {
        return next(Timeouts.DEFAULT.toMillis());
    }

    /** The same within this time. */
    public Sent next(long millis) {
        try {
            Sent next = sent.poll(millis, TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new AssertionError("Nothing came within " + millis + " ms");
            }
            return next;
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    /** The next frame. Comments are passed over. */
    public JsonNode frame() {
        Sent next = next();
        while (next.kind == Kind.COMMENT) {
            next = next();
        }
        if (next.kind != Kind.FRAME) {
            throw new AssertionError("Expected a frame, but got " + next);
        }
        return next.data;
    }

    /** Waits for a frame and passes over everything before it. */
    public Sent upTo(Expected expected) {
        List<Sent> passed = new ArrayList<>();
        for (Sent next = next();; next = next()) {
            if (next.kind == Kind.FRAME && expected.matches().test(next.data)) {
                return next;
            }
            passed.add(next);
            if (next.kind == Kind.END) {
                throw new AssertionError("Waited for " + expected + ", but the stream had " + passed);
            }
        }
    }

    /** The offsets of the next logged events, up to this one. */
    public List<Long> offsetsUpTo(long last) {
        List<Long> offsets = new ArrayList<>();
        while (offsets.isEmpty() || offsets.getLast() < last) {
            JsonNode frame = frame();
            if (frame.has("offset") && frame.has("at")) {
                offsets.add(frame.get("offset").longValue());
            }
        }
        return offsets;
    }

    /** Everything up to the end. */
    public List<Sent> toEnd() {
        List<Sent> all = new ArrayList<>();
        do {
            all.add(next(60_000));
        } while (all.getLast().kind != Kind.END);
        return all;
    }

    private void read() {
        String id = "";
        String event = "";
        try (var lines = new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(":")) {
                    sent.add(new Sent(Kind.COMMENT, id, null));
                } else if (line.startsWith("id: ")) {
                    id = line.substring(4);
                } else if (line.startsWith("retry: ")) {
                    sent.add(new Sent(Kind.RETRY, id, Json.read(line.substring(7))));
                } else if (line.startsWith("event: ")) {
                    event = line.substring(7);
                } else if (line.startsWith("data: ")) {
                    JsonNode data = Json.read(line.substring(6));
                    if (event.isEmpty()) {
                        checks.received(data);
                    }
                    sent.add(new Sent(event.equals("close") ? Kind.CLOSE : Kind.FRAME, id, data));
                } else if (line.isEmpty()) {
                    event = "";
                } else {
                    sent.add(new Sent(Kind.FRAME, id, Json.read("\"unexpected line\"")));
                }
            }
        } catch (IOException closed) {
            // The end, as for a browser.
        }
        sent.add(new Sent(Kind.END, id, null));
    }

    /** Ends the connection. */
    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException closed) {
            throw new UncheckedIOException(closed);
        }
    }
}
