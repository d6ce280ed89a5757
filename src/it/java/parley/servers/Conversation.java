package parley.servers;

import static parley.kit.Expected.posted;
import static parley.kit.Expected.unsubscribed;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import parley.kit.ChatClient;
import parley.kit.Json;
import parley.server.OtherServer;
import tools.jackson.databind.JsonNode;

/** Ten chat steps of two users on a server. Prints each completed step; the first failure ends the run. */
final class Conversation {

    private final HttpClient http = HttpClient.newHttpClient();
    private final OtherServer server;
    private int steps;
    private String alicesToken;
    private String bobsToken;
    private String room;

    private Conversation(OtherServer server) {
        this.server = server;
    }

    public static void main(String[] arguments) throws Exception {
        for (String name : Arrays.stream(System.getProperty("parley.servers", "").split(",")).map(String::strip).toList()) {
            System.out.println("\n  " + name);
            try (OtherServer server = OtherServer.start(OtherServer.Kind.valueOf(name.toUpperCase(Locale.ROOT)))) {
                new Conversation(server).run();
            }
        }
    }

    private void run() throws IOException, InterruptedException {
        check(text(server.base().resolve("/health/ready")).contains("\"UP\""), "Health is not UP.");
        check(text(at("/metrics")).contains("parley_build_info{"), "Metrics are missing.");
        done("health and metrics");
        alicesToken = signIn("alice");
        bobsToken = signIn("bob");
        done("sign-in");
        room = createRoom("Plaza", "public");
        done("create a room");
        try (ChatClient alice = connect(alicesToken); ChatClient bob = connect(bobsToken)) {
            alice.joins(room);
            bob.joins(room);
            done("join the room");
            long offset = alice.posts("hello");
            bob.receives(posted("hello"));
            done("post and receive");
            checkResume(alice, bob, offset);
            check(bob.asks("history", Map.of("room", room)).ok().toString().contains("while you were away"),
                    "The history lacks a message.");
            done("history");
            String hidden = createRoom("Backstage", "private");
            check(bob.asks("subscribe", Map.of("room", hidden)).refusal().equals("not_found"), "A private room is visible.");
            done("private room");
            send("PUT", "/api/rooms/" + room + "/bans", alicesToken, Map.of("user", "bob"), 204);
            bob.receives(unsubscribed(room));
            bob.asks("subscribe", Map.of("room", room)).error();
            done("ban");
        }
        server.restart();
        try (ChatClient alice = connect(alicesToken)) {
            check(alice.asks("history", Map.of("room", room)).ok().toString().contains("hello"), "A restart lost a message.");
            alice.subscribes(room);
            alice.posts("back");
        }
        done("restart and post");
    }

    private void checkResume(ChatClient alice, ChatClient bob, long offset) {
        JsonNode left = bob.asks("subscribe", Map.of("room", room)).ok();
        bob.asks("unsubscribe", Map.of("room", room)).ok();
        alice.posts("while you were away");
        Map<String, Object> since = Map.of("epoch", left.get("epoch").stringValue(), "offset", offset);
        check(bob.asks("subscribe", Map.of("room", room, "since", since)).ok().get("recovered").booleanValue(),
                "The subscription did not resume.");
        bob.receives(posted("while you were away"));
        done("resume");
    }

    private String signIn(String user) throws IOException, InterruptedException {
        return send("POST", "/dev/token", null, Map.of("user", user), 200).get("token").stringValue();
    }

    private String createRoom(String name, String kind) throws IOException, InterruptedException {
        return send("POST", "/api/rooms", alicesToken, Map.of("name", name, "kind", kind), 201).get("id").stringValue();
    }

    private ChatClient connect(String token) {
        return ChatClient.withToken(token, URI.create(at("/ws").toString().replaceFirst("^http", "ws")));
    }

    private JsonNode send(String method, String path, String token, Map<String, ?> body, int expected) throws IOException,
            InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(Json.text(body)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        // GlassFish turns an asynchronous 204 into 200.
        boolean isExpected = answer.statusCode() == expected || expected == 204 && answer.statusCode() == 200 && answer.body().isEmpty();
        check(isExpected, path + " responded " + answer.statusCode() + ": " + answer.body());
        return Json.read(answer.body().isEmpty() ? "{}" : answer.body());
    }

    private String text(URI address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()).body();
    }

    private URI at(String path) {
        return URI.create(server.base() + path);
    }

    private void done(String step) {
        System.out.printf("  %2d  %s%n", ++steps, step);
    }

    private static void check(boolean expected, String message) {
        if (!expected) {
            throw new AssertionError(message);
        }
    }
}
