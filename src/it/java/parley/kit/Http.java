package parley.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** HTTP requests to the shared server, with a user's token or none. Redirects are not followed. */
public final class Http {

    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String authorization;
    private final String forwardedFor;

    private Http(String authorization) {
        this(authorization, null);
    }

    private Http(String authorization, String forwardedFor) {
        this.authorization = authorization;
        this.forwardedFor = forwardedFor;
    }

    /** Requests with a token of this user. */
    public static Http of(String user) {
        return withToken(Tokens.of(user));
    }

    /** Requests with this token. */
    public static Http withToken(String token) {
        return new Http("Bearer " + token);
    }

    /** Requests without a token. */
    public static Http anonymous() {
        return new Http(null);
    }

    /** The same requests with this client address in {@code X-Forwarded-For}, as behind a proxy. */
    public Http from(String address) {
        return new Http(authorization, address);
    }

    /** Creates a public room with a new id and returns the id. */
    public String createsRoom() {
        return createsRoom("public");
    }

    /** Creates a private room and returns its id. */
    public String createsPrivateRoom() {
        return createsRoom("private");
    }

    private String createsRoom(String kind) {
        return post("/api/rooms", Map.of("name", "Test room " + UUID.randomUUID(), "kind", kind)).json(201).get("id").stringValue();
    }

    /** Creates a document in a room and returns its id. */
    public String createsDocument(String room, String title) {
        return post("/api/rooms/" + room + "/documents", Map.of("title", title)).json(201).get("id").stringValue();
    }

    /** Adds a user to a room with this role, or changes a member's role. */
    public HttpAnswer setsRole(String room, String user, String role) {
        Tokens.signIn(user);
        return put("/api/rooms/" + room + "/members", Map.of("user", user, "role", role));
    }

    /** Removes a member from a room. */
    public HttpAnswer removes(String room, String user) {
        return delete("/api/rooms/" + room + "/members?user=" + escaped(user));
    }

    /** Bans a user from a room until the ban is lifted. */
    public HttpAnswer bans(String room, String user) {
        Tokens.signIn(user);
        return put("/api/rooms/" + room + "/bans", Map.of("user", user));
    }

    /** Lifts a user's ban from a room. */
    public HttpAnswer liftsBan(String room, String user) {
        return delete("/api/rooms/" + room + "/bans?user=" + escaped(user));
    }

    /** Mutes a user in a room until this time. */
    public HttpAnswer mutes(String room, String user, Instant until) {
        Tokens.signIn(user);
        return put("/api/rooms/" + room + "/mutes", Map.of("user", user, "until", until.toString()));
    }

    /** Lifts a user's mute in a room. */
    public HttpAnswer liftsMute(String room, String user) {
        return delete("/api/rooms/" + room + "/mutes?user=" + escaped(user));
    }

    /** Sends this many requests at once, each on a thread of its own, and returns the answers. */
    public static List<HttpAnswer> atOnce(int number, IntFunction<HttpAnswer> request) {
        List<CompletableFuture<HttpAnswer>> sent = IntStream.range(0, number)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> request.apply(i), Thread::startVirtualThread)).toList();
        return sent.stream().map(CompletableFuture::join).toList();
    }

    /** Percent-encodes a query parameter. */
    public static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Gets a path of the application. */
    public HttpAnswer get(String path) {
        return send(HttpRequest.newBuilder(Server.at(path)).GET());
    }

    /** Posts a value as JSON to a path of the application. */
    public HttpAnswer post(String path, Object body) {
        HttpAnswer answer = postText(path, Json.text(body));
        return path.equals("/api/tickets") ? Secrets.ticket(answer) : answer;
    }

    /** Puts a value as JSON to a path of the application. */
    public HttpAnswer put(String path, Object body) {
        return putText(path, Json.text(body));
    }

    /** Puts this text with the content type of JSON to a path of the application. */
    public HttpAnswer putText(String path, String body) {
        return send(HttpRequest.newBuilder(Server.at(path)).header("Content-Type", "application/json").PUT(BodyPublishers.ofString(body)),
                Optional.of(body));
    }

    /** Deletes a path of the application. */
    public HttpAnswer delete(String path) {
        return send(HttpRequest.newBuilder(Server.at(path)).DELETE());
    }

    /** Patches a path of the application with this value as JSON. */
    public HttpAnswer patch(String path, Object body) {
        String text = Json.text(body);
        return send(HttpRequest.newBuilder(Server.at(path)).header("Content-Type", "application/json")
                .method("PATCH", BodyPublishers.ofString(text)), Optional.of(text));
    }

    /** Posts this text with the content type of JSON to a path of the application. */
    public HttpAnswer postText(String path, String body) {
        return send(HttpRequest.newBuilder(Server.at(path)).header("Content-Type", "application/json").POST(BodyPublishers.ofString(body)),
                Optional.of(body));
    }

    /** Posts fields as a form to a path of the application. */
    public HttpAnswer postForm(String path, Map<String, String> fields) {
        String form = fields.entrySet().stream().map(field -> field.getKey() + "=" + escaped(field.getValue()))
                .collect(Collectors.joining("&"));
        return send(HttpRequest.newBuilder(Server.at(path)).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form)));
    }

    /** Sends any request with this token. */
    public HttpAnswer send(HttpRequest.Builder request) {
        return send(request, Optional.empty());
    }

    private HttpAnswer send(HttpRequest.Builder request, Optional<String> body) {
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        if (forwardedFor != null) {
            request.header("X-Forwarded-For", forwardedFor);
        }
        try {
            HttpRequest built = request.timeout(Timeouts.DEFAULT).build();
            HttpResponse<String> response = CLIENT.send(built, BodyHandlers.ofString());
            HttpAnswer answer = new HttpAnswer(response.statusCode(), response.headers().map(), response.body());
            String application = Server.base().toString();
            String address = built.uri().toString();
            return address.startsWith(application + "/")
                    ? answer.checked(built.method(), address.substring(application.length()), body) : answer;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }
}
