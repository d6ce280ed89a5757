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

/** Ten steps that two people take on a server, each of which is printed when it is done. The first that fails ends it. */
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
                new Conversation(server).takesPlace();
            }
        }
    }

    private void takesPlace() throws IOException, InterruptedException {
        check(text(server.base().resolve("/health/ready")).contains("\"UP\""), "health is not UP");
        check(text(at("/metrics")).contains("parley_build_info{"), "there are no metrics");
        done("health and metrics");
        alicesToken = signsIn("alice");
        bobsToken = signsIn("bob");
        done("sign-in");
        room = makesRoom("Plaza", "public");
        done("create a room");
        try (ChatClient alice = comes(alicesToken); ChatClient bob = comes(bobsToken)) {
            alice.joins(room);
            bob.joins(room);
            done("join it");
            long offset = alice.posts("hello");
            bob.receives(posted("hello"));
            done("post, and hear it");
            resumes(alice, bob, offset);
            check(bob.asks("history", Map.of("room", room)).ok().toString().contains("while you were away"), "history lacks a message");
            done("history");
            String hidden = makesRoom("Backstage", "private");
            check(bob.asks("subscribe", Map.of("room", hidden)).refusal().equals("not_found"), "a private room is seen");
            done("private room");
            sends("PUT", "/api/rooms/" + room + "/bans", alicesToken, Map.of("user", "bob"), 204);
            bob.receives(unsubscribed(room));
            bob.asks("subscribe", Map.of("room", room)).error();
            done("ban");
        }
        server.restarts();
        try (ChatClient alice = comes(alicesToken)) {
            check(alice.asks("history", Map.of("room", room)).ok().toString().contains("hello"), "a restart lost a message");
            alice.listensTo(room);
            alice.posts("back");
        }
        done("restart, and go on");
    }

    private void resumes(ChatClient alice, ChatClient bob, long offset) {
        JsonNode left = bob.asks("subscribe", Map.of("room", room)).ok();
        bob.asks("unsubscribe", Map.of("room", room)).ok();
        alice.posts("while you were away");
        Map<String, Object> since = Map.of("epoch", left.get("epoch").stringValue(), "offset", offset);
        check(bob.asks("subscribe", Map.of("room", room, "since", since)).ok().get("recovered").booleanValue(), "it is not recovered");
        bob.receives(posted("while you were away"));
        done("resume");
    }

    private String signsIn(String user) throws IOException, InterruptedException {
        return sends("POST", "/dev/token", null, Map.of("user", user), 200).get("token").stringValue();
    }

    private String makesRoom(String name, String kind) throws IOException, InterruptedException {
        return sends("POST", "/api/rooms", alicesToken, Map.of("name", name, "kind", kind), 201).get("id").stringValue();
    }

    private ChatClient comes(String token) {
        return ChatClient.bearing(token, URI.create(at("/ws").toString().replaceFirst("^http", "ws")));
    }

    private JsonNode sends(String method, String path, String token, Map<String, ?> body, int expected) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at(path)).header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(Json.text(body)));
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = http.send(request.build(), BodyHandlers.ofString());
        // GlassFish makes 200 of a 204 that comes later from another thread.
        boolean isDone = answer.statusCode() == expected || expected == 204 && answer.statusCode() == 200 && answer.body().isEmpty();
        check(isDone, path + " answers " + answer.statusCode() + ": " + answer.body());
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

    private static void check(boolean holds, String otherwise) {
        if (!holds) {
            throw new AssertionError(otherwise);
        }
    }
}
