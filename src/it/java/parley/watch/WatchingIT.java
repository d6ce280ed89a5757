package parley.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import tools.jackson.databind.JsonNode;

/** What is new in a person's rooms: over {@code watch}, over HTTP, and as other people see how far they have read. */
class WatchingIT {

    private final String me = "reader-" + UUID.randomUUID();
    private final String room = Http.of("alice").createsRoom();
    @AutoClose
    private final ChatClient mine = joined();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);

    @Test
    void refusesAMarkerInARoomThatIsHidden() {
        String hidden = Http.of("alice").createsPrivateRoom();
        assertThat(mine.asks("read", Map.of("room", hidden, "upto", 1)).refusal()).isEqualTo("not_found");
        assertThat(mine.asks("read", Map.of("room", room, "upto", -1)).refusal()).isEqualTo("bad_request");
        assertThat(Http.of(me).patch("/api/me/rooms/" + hidden, Map.of("favourite", true)).status()).isEqualTo(404);
        assertThat(Http.of(me).patch("/api/me/rooms/" + room, Map.of("level", "some")).status()).isEqualTo(400);
        assertThat(Http.of(me).put("/api/me/drafts/" + hidden, Map.of("text", "t")).status()).isEqualTo(404);
    }

    @Test
    void onlyMembersHaveAMarker() {
        String open = Http.of("alice").createsRoom();
        assertThat(mine.asks("read", Map.of("room", open, "upto", 1)).refusal()).isEqualTo("forbidden");
    }

    @Test
    void watchShowsWhatIsNewInEachRoom() {
        long first = alice.posts("one");
        ask(alice, "message.post", Map.of("key", "k", "text", "@me two", "mentions", List.of(me)));
        mine.posts("my own");
        JsonNode seen = watched(mine);
        assertNumbers(seen, 2, 1);
        assertThat(seen.at("/last/text").stringValue()).isEqualTo("my own");
        assertThat(seen.get("level").stringValue()).isEqualTo("mentions");
        ask(mine, "read", Map.of("upto", first));
        mine.receives(numbers(1, 1));
        assertNumbers(overHttp(), 1, 1);
        assertNumbers(mine.subscribes(room), 1, 1);
    }

    @Test
    void activityArrivesWithoutASubscription() {
        try (ChatClient phone = ChatClient.of(me)) {
            phone.asks("watch", Map.of());
            long posted = alice.posts("new");
            JsonNode activity = phone.receives(numbers(1, 0));
            assertThat(activity.get("offset").longValue()).isEqualTo(posted);
            assertThat(activity.at("/last/text").stringValue()).isEqualTo("new");
            ask(mine, "read", Map.of("upto", posted));
            assertThat(phone.receives(new Expected("the marker", event -> is(event, "read"))).get("upto").longValue()).isEqualTo(posted);
            assertNumbers(phone.receives(new Expected("no unread", event -> is(event, "activity") && event.get("unread").intValue() == 0)),
                    0, 0);
            phone.asks("unwatch", Map.of());
            alice.posts("unwatched");
            mine.asks("watch", Map.of());
            alice.posts("watched by the other");
            mine.receives(activity());
            assertThat(phone.receivedSoFar().stream().filter(event -> is(event, "activity"))).isEmpty();
        }
    }

    @Test
    void deletionsAndEditsChangeTheNumbers() {
        watched(mine);
        long message = alice.posts("one");
        mine.receives(numbers(1, 0));
        ask(alice, "message.edit", Map.of("message", message, "text", "@me", "mentions", List.of(me)));
        mine.receives(numbers(1, 1));
        ask(alice, "message.delete", Map.of("message", message));
        JsonNode after = mine.receives(numbers(0, 0));
        assertThat(after.has("last")).as("no message is left").isFalse();
    }

    @Test
    void aReplyInMyThreadConcernsMe() {
        long root = mine.posts("a question");
        watched(mine);
        ask(alice, "message.post", Map.of("key", "k", "text", "an answer", "thread", root));
        mine.receives(numbers(0, 1));
    }

    @Test
    void anInvitationIsToldSoonAlthoughTheRoomIsBusy() {
        watched(mine);
        alice.asks("watch", Map.of());
        String busy = Http.of("alice").createsRoom();
        // Others have just been told of this room.
        alice.receives(new Expected("the room", event -> is(event, "room.added") && event.at("/room/id").stringValue().equals(busy)));
        long start = System.nanoTime();
        assertThat(Http.of("alice").setsRole(busy, me, "member").status()).isEqualTo(204);
        mine.receives(new Expected("the room", event -> is(event, "room.added") && event.at("/room/id").stringValue().equals(busy)));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(800));
    }

    @Test
    void theMarkerMovesBackOnlyOnPurpose() {
        long first = alice.posts("one");
        long second = alice.posts("two");
        ask(mine, "read", Map.of("upto", second));
        ask(mine, "read", Map.of("upto", first));
        assertNumbers(overHttp(), 0, 0);
        ask(mine, "read", Map.of("upto", first, "back", true));
        assertNumbers(overHttp(), 1, 0);
        ask(mine, "read", Map.of("upto", 1_000_000));
        assertThat(overHttp().get("read").longValue()).as("not past the head").isEqualTo(second);
    }

    @Test
    void othersSeeHowFarIHaveRead() {
        long posted = alice.posts("have you read it?");
        ask(mine, "read", Map.of("upto", posted));
        JsonNode receipt = alice.receives(new Expected("a receipt", event -> is(event, "read")));
        assertThat(receipt.at("/by/id").stringValue()).isEqualTo(me);
        assertThat(receipt.get("upto").longValue()).isEqualTo(posted);
        JsonNode readers = alice.subscribes(room).get("readers");
        assertThat(readers.valueStream().filter(reader -> reader.get("user").stringValue().equals(me))
                .map(reader -> reader.get("upto").longValue())).containsExactly(posted);
        ask(mine, "read", Map.of("upto", 1, "back", true));
        alice.posts("later");
        assertThat(alice.receivedSoFar().stream().filter(event -> is(event, "read"))).as("marking as unread is private").isEmpty();
    }

    @Test
    void aPersonWithoutReceiptsShowsAndSeesNone() {
        Http.of(me).patch("/api/me", Map.of("receipts", false)).json(200);
        long posted = alice.posts("have you read it?");
        ask(mine, "read", Map.of("upto", posted));
        try (ChatClient bob = ChatClient.of("bob").joins(room)) {
            ask(bob, "read", Map.of("upto", alice.posts("and this?")));
            JsonNode receipt = alice.receives(new Expected("bob's receipt", event -> is(event, "read")));
            assertThat(receipt.at("/by/id").asString("")).isEqualTo("bob");
            assertThat(alice.subscribes(room).get("readers").valueStream().map(reader -> reader.get("user").stringValue()))
                    .doesNotContain(me).contains("bob");
            assertThat(mine.subscribes(room).has("readers")).isFalse();
            assertThat(mine.receivedSoFar().stream().filter(event -> is(event, "read"))).isEmpty();
        }
    }

    @Test
    void aDirectRoomHasItsPeople() {
        watched(mine);
        String direct = Http.of("alice").put("/api/direct", Map.of("users", List.of(me))).json(201).get("id").stringValue();
        JsonNode added = mine.receives(new Expected("the direct room", event -> is(event, "room.added"))).get("room");
        assertThat(added.get("id").stringValue()).isEqualTo(direct);
        assertThat(added.get("kind").stringValue()).isEqualTo("direct");
        assertThat(added.get("level").stringValue()).isEqualTo("all");
        assertThat(added.get("people").valueStream().map(person -> person.get("id").stringValue())).containsExactlyInAnyOrder("alice", me);
    }

    @Test
    void invitationsShowAtOnceAndRemovedRoomsDisappear() {
        watched(mine);
        String invited = Http.of("alice").createsPrivateRoom();
        Http.of("alice").setsRole(invited, me, "member");
        assertThat(mine.receives(new Expected("the new room", event -> is(event, "room.added"))).at("/room/id").stringValue())
                .isEqualTo(invited);
        Http.of("alice").patch("/api/rooms/" + invited, Map.of("topic", "another"));
        assertThat(mine.receives(new Expected("the topic", event -> is(event, "room.added") && event.at("/room/topic").isString()))
                .at("/room/topic").stringValue()).isEqualTo("another");
        Http.of("alice").removes(invited, me);
        assertThat(mine.receives(new Expected("the end", event -> is(event, "room.removed"))).get("room").stringValue()).isEqualTo(invited);
        Http.of("alice").delete("/api/rooms/" + room);
        assertThat(mine.receives(new Expected("the end", event -> is(event, "room.removed"))).get("room").stringValue()).isEqualTo(room);
    }

    @Test
    void roomsAreSortedPerPerson() {
        watched(mine);
        assertThat(Http.of(me).patch("/api/me/rooms/" + room, Map.of("favourite", true, "section", "Work", "position", 2, "level", "all"))
                .status()).isEqualTo(204);
        JsonNode sorted = mine.receives(new Expected("the sorted room", event -> is(event, "room.added"))).get("room");
        assertThat(sorted.get("favourite").booleanValue()).isTrue();
        assertThat(sorted.get("section").stringValue()).isEqualTo("Work");
        assertThat(sorted.get("level").stringValue()).isEqualTo("all");
        Http.of(me).patch("/api/me/rooms/" + room, Map.of("hidden", true, "section", ""));
        assertThat(overHttp().get("hidden").booleanValue()).isTrue();
        assertThat(overHttp().has("section")).isFalse();
        alice.posts("here again");
        assertThat(overHttp().has("hidden")).as("hidden until the next message").isFalse();
    }

    @Test
    void aPageFollowsAlsoIfItsPlaceWasLeftMeanwhile() {
        String second = Http.of(me).createsRoom();
        String third = Http.of(me).createsRoom();
        List<String> order = ids(Http.of(me).get("/api/me/rooms").json(200));
        assertThat(order).containsExactlyInAnyOrder(room, second, third);
        JsonNode page = Http.of(me).get("/api/me/rooms?limit=1").json(200);
        assertThat(ids(page)).containsExactly(order.getFirst());
        String after = Http.escaped(page.get("next").stringValue());
        assertThat(Http.of("alice").delete("/api/rooms/" + order.getFirst()).status() == 204
                || Http.of(me).delete("/api/rooms/" + order.getFirst()).status() == 204).isTrue();
        // A new message changes no place either.
        String last = order.getLast();
        ChatClient poster = ChatClient.of(last.equals(room) ? "alice" : me);
        poster.subscribes(last);
        poster.posts("new");
        poster.close();

        JsonNode rest = Http.of(me).get("/api/me/rooms?limit=2&after=" + after).json(200);
        assertThat(ids(rest)).containsExactly(order.get(1), last);
        assertThat(rest.get("more").booleanValue()).isFalse();
        assertThat(rest.has("next")).isFalse();
        assertThat(Http.of(me).get("/api/me/rooms?after=" + order.getFirst()).problem()).isEqualTo("gone");
        assertThat(ids(Http.of(me).get("/api/me/rooms?after=" + last).json(200))).containsExactly(order.get(1));
    }

    private static List<String> ids(JsonNode rooms) {
        return rooms.get("rooms").valueStream().map(each -> each.get("id").stringValue()).toList();
    }

    @Test
    void draftsFollowThePerson() {
        watched(mine);
        assertThat(Http.of(me).put("/api/me/drafts/" + room, Map.of("text", "I began")).status()).isEqualTo(204);
        JsonNode draft = mine.receives(new Expected("the draft", event -> is(event, "draft")));
        assertThat(draft.get("text").stringValue()).isEqualTo("I began");
        assertThat(Http.of(me).get("/api/me/drafts").json(200).at("/drafts/0/text").stringValue()).isEqualTo("I began");
        Http.of(me).put("/api/me/drafts/" + room, Map.of("text", ""));
        assertThat(Http.of(me).get("/api/me/drafts").json(200).get("drafts")).isEmpty();
        assertThat(Http.of(me).put("/api/me/drafts/" + room, Map.of("text", "a".repeat(4_001))).status()).isEqualTo(413);
    }

    // A watch that begins before the join was told of is told of the room once more.
    private ChatClient joined() {
        ChatClient client = ChatClient.of(me);
        client.asks("watch", Map.of());
        client.joins(room).receives(new Expected("the room", event -> is(event, "room.added")));
        client.asks("unwatch", Map.of());
        client.receivedSoFar();
        return client;
    }

    private JsonNode watched(ChatClient client) {
        return mine(client.asks("watch", Map.of()).ok());
    }

    private JsonNode overHttp() {
        return mine(Http.of(me).get("/api/me/rooms").json(200));
    }

    private JsonNode mine(JsonNode rooms) {
        return rooms.get("rooms").valueStream().filter(one -> one.get("id").stringValue().equals(room)).findFirst().orElseThrow();
    }

    private static void assertNumbers(JsonNode seen, int unread, int mentions) {
        assertThat(seen.get("unread").intValue()).as("unread in %s", seen).isEqualTo(unread);
        assertThat(seen.get("mentions").intValue()).as("mentions in %s", seen).isEqualTo(mentions);
    }

    private Expected activity() {
        return new Expected("activity", event -> is(event, "activity") && event.get("room").stringValue().equals(room));
    }

    private Expected numbers(int unread, int mentions) {
        return new Expected("activity with " + unread + " and " + mentions, event -> is(event, "activity")
                && event.get("unread").intValue() == unread && event.get("mentions").intValue() == mentions);
    }

    private JsonNode ask(ChatClient client, String type, Map<String, ?> fields) {
        Map<String, Object> all = new HashMap<>(fields);
        all.put("room", room);
        return client.asks(type, all).ok();
    }

    private static boolean is(JsonNode event, String type) {
        return event.get("type").stringValue().equals(type);
    }
}
