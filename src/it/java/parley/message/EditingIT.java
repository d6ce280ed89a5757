package parley.message;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.Json;
import parley.kit.Reply;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Editing, deleting, reacting and pinning over the socket, as other people and later visitors see them. */
class EditingIT {

    private final String room = Http.of("alice").createsRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob").joins(room);
    private final long message = alice.posts("before");

    @Test
    void helloNamesTheFeatures() {
        assertThat(alice.hello().get("features"))
                .isEqualTo(Json.read("[\"edit\",\"reactions\",\"threads\",\"pins\",\"read\",\"direct\",\"people\",\"files\","
                        + "\"search\",\"notifications\",\"previews\",\"documents\",\"calls\",\"hooks\",\"schedule\"]"));
        assertThat(alice.hello().get("expiresIn").longValue()).isPositive();
        assertThat(alice.hello().at("/limits/edit").isMissingNode()).as("no limit").isTrue();
    }

    @Test
    void refusesEditsOfOtherPeople() {
        assertThat(edit(bob, "mine now").refusal()).isEqualTo("forbidden");
        assertThat(shown().get("text").stringValue()).isEqualTo("before");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\u0000"})
    void refusesTextThatCantBePosted(String text) {
        assertThat(edit(alice, text).refusal()).isEqualTo("bad_request");
        assertThat(edit(alice, "a".repeat(4_001)).refusal()).isEqualTo("too_large");
    }

    @Test
    void refusesWhatIsNoMessage() {
        assertThat(ask(alice, "message.edit", Map.of("message", 1, "text", "t")).refusal()).isEqualTo("not_found");
        for (String command : List.of("message.delete", "message.pin", "message.unpin")) {
            assertThat(ask(alice, command, Map.of("message", 999)).refusal()).as(command).isEqualTo("not_found");
            assertThat(ask(alice, command, Map.of("message", 0)).refusal()).as(command).isEqualTo("bad_request");
        }
    }

    @Test
    void everyoneReceivesAnEditAndHistoryShowsIt() {
        Reply reply = ask(alice, "message.edit", Map.of("message", message, "text", "after", "mentions", List.of("bob", "nobody-here")));

        JsonNode event = bob.receives(of("message.edited"));
        assertThat(event.get("offset").longValue()).isEqualTo(reply.offset());
        assertThat(event.get("text").stringValue()).isEqualTo("after");
        assertThat(event.get("mentions")).isEqualTo(Json.read("[\"bob\",\"nobody-here\"]"));
        assertThat(shown().get("text").stringValue()).isEqualTo("after");
        assertThat(shown().get("edited")).isEqualTo(event.get("at"));
        JsonNode versions = Http.of("bob").get("/api/rooms/" + room + "/messages/" + message + "/versions").json(200);
        assertThat(versions.valueStream().map(version -> version.get("text").stringValue())).containsExactly("before", "after");
    }

    @Test
    void theSameTextMakesNoEvent() {
        long head = edit(alice, "before").offset();
        assertThat(edit(alice, "before").offset()).isEqualTo(head);
        alice.posts("next");
        assertThat(bob.receivesUpTo(Expected.posted("next"))).noneMatch(of("message.edited").matches());
    }

    @Test
    void clientThatWasAwayGetsTheTombstoneWithoutTheText() {
        String epoch = bob.subscribes(room).get("epoch").stringValue();
        bob.asks("unsubscribe", Map.of("room", room)).ok();
        edit(alice, "after").ok();
        ask(alice, "message.delete", Map.of("message", message)).ok();
        bob.received();

        assertThat(bob.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", epoch, "offset", message - 1))).ok()
                .get("recovered").booleanValue()).isTrue();
        List<JsonNode> events = bob.receivesLogged(3);
        assertThat(events.getFirst().get("deleted").booleanValue()).isTrue();
        assertThat(events.get(1).get("deleted").booleanValue()).isTrue();
        assertThat(events).noneMatch(event -> event.has("text"));
        assertThat(events.get(2).get("type").stringValue()).isEqualTo("message.deleted");
        assertThat(shown().has("text")).isFalse();
        assertThat(edit(alice, "again").refusal()).isEqualTo("gone");
        assertThat(Http.of("bob").get("/api/rooms/" + room + "/messages/" + message + "/versions").status()).isEqualTo(404);
    }

    @Test
    void whatNobodySawBeingDeletedIsGoneForWhoComesNext() {
        String epoch = bob.subscribes(room).get("epoch").stringValue();
        Map<String, Object> fromTheMessage = Map.of("room", room, "since", Map.of("epoch", epoch, "offset", message - 1));
        bob.asks("unsubscribe", Map.of("room", room)).ok();
        bob.received();
        bob.asks("subscribe", fromTheMessage).ok();
        assertThat(bob.receivesLogged(1).getFirst().get("text").stringValue()).isEqualTo("before");
        List.of(alice, bob).forEach(each -> each.asks("unsubscribe", Map.of("room", room)).ok());
        ask(alice, "message.delete", Map.of("message", message)).ok();
        bob.received();

        bob.asks("subscribe", fromTheMessage).ok();
        assertThat(bob.receivesLogged(2)).noneMatch(event -> event.has("text"));
    }

    @Test
    void theAuditHasDeletionsOfOtherPeoplesMessages() {
        long bobs = bob.posts("bob's");
        ask(bob, "message.delete", Map.of("message", bob.posts("bob's other"))).ok();
        ask(alice, "message.delete", Map.of("message", bobs)).ok();

        JsonNode entries = Http.withToken(Tokens.of("root", "Root", "parley-admin")).get("/api/administration/audit?room=" + room).json(200)
                .get("entries");
        List<JsonNode> deletions = entries.valueStream().filter(entry -> entry.get("action").stringValue().equals("message.deleted"))
                .toList();
        assertThat(deletions).singleElement().satisfies(entry -> {
            assertThat(entry.get("actor").stringValue()).isEqualTo("alice");
            assertThat(entry.get("subject").stringValue()).isEqualTo("bob");
            assertThat(entry.get("detail").stringValue()).isEqualTo("message=" + bobs);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "👍👍", ":smile:", "<b>", "\u200d", "1"})
    void refusesAReactionThatIsNotOneEmoji(String emoji) {
        assertThat(ask(bob, "reaction.add", Map.of("message", message, "emoji", emoji)).refusal()).isEqualTo("bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"👍", "👍🏽", "❤️", "👩‍👩‍👧‍👦", "🏴󠁧󠁢󠁳󠁣󠁴󠁿", "1️⃣", "🇩🇪"})
    void reactionsAreCountedAndTakenBack(String emoji) {
        ask(bob, "reaction.add", Map.of("message", message, "emoji", emoji)).ok();
        assertThat(alice.receives(of("reaction.added")).get("emoji").stringValue()).isEqualTo(emoji);
        ask(alice, "reaction.add", Map.of("message", message, "emoji", emoji)).ok();

        assertThat(shown().at("/reactions").get(emoji)).isEqualTo(Json.read("{\"count\":2,\"by\":[\"bob\",\"alice\"],\"mine\":true}"));
        ask(bob, "reaction.remove", Map.of("message", message, "emoji", emoji)).ok();
        assertThat(shown().at("/reactions").get(emoji)).isEqualTo(Json.read("{\"count\":1,\"by\":[\"alice\"]}"));
    }

    @Test
    void anEmojiWithoutItsVariationSelectorIsTheSameEmoji() {
        ask(bob, "reaction.add", Map.of("message", message, "emoji", "❤️")).ok();
        long head = ask(bob, "reaction.add", Map.of("message", message, "emoji", "❤")).offset();
        assertThat(ask(bob, "reaction.add", Map.of("message", message, "emoji", "❤️")).offset()).isEqualTo(head);
        assertThat(shown().get("reactions").size()).isEqualTo(1);
    }

    @Test
    void pinnedMessagesAreListed() {
        ask(bob, "message.pin", Map.of("message", message)).ok();
        alice.posts("not pinned");

        assertThat(alice.receives(of("message.pinned")).get("message").longValue()).isEqualTo(message);
        JsonNode pinned = bob.asks("history", Map.of("room", room, "pinned", true)).ok().get("messages");
        assertThat(pinned.valueStream().map(found -> found.get("offset").longValue())).containsExactly(message);
        assertThat(pinned.get(0).get("pinned").booleanValue()).isTrue();
        ask(alice, "message.unpin", Map.of("message", message)).ok();
        assertThat(bob.asks("history", Map.of("room", room, "pinned", true)).ok().get("messages")).isEmpty();
    }

    @Test
    void anUnknownFieldIsRefused() {
        assertThat(ask(alice, "message.delete", Map.of("message", message, "reason", "spam")).refusal()).isEqualTo("bad_request");
        assertThat(ask(alice, "message.post", Map.of("key", "k", "text", "t", "also", true)).refusal()).isEqualTo("bad_request");
    }

    private Reply edit(ChatClient by, String text) {
        return ask(by, "message.edit", Map.of("message", message, "text", text));
    }

    private Reply ask(ChatClient by, String command, Map<String, Object> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("room", room);
        return by.asks(command, all);
    }

    private JsonNode shown() {
        return Http.of("bob").get("/api/rooms/" + room + "/messages/" + message).json(200);
    }

    private static Expected of(String type) {
        return new Expected(type, event -> event.path("type").asString("").equals(type));
    }
}
