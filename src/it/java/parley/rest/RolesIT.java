package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static parley.kit.Expected.joined;
import static parley.kit.Expected.posted;
import static parley.kit.Expected.roleChanged;
import static parley.kit.Expected.typing;
import static parley.kit.Expected.unsubscribed;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Expected;
import parley.kit.Http;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Roles, invitations, bans, mutes and closing a room. Permissions are in {@link PermissionMatrixIT}. */
class RolesIT {

    private final Http alice = Http.of("alice");
    private final Http bob = Http.of("bob");
    private final String room = alice.createsRoom();
    private final String hidden = alice.createsPrivateRoom();
    @AutoClose
    private final ChatClient bobs = ChatClient.of("bob");

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'role':'member'}", "{'user':'bob'}", "{'user':'bob','role':7}", "{'user':'bob','role':'king'}",
            "{'user':'bob','role':'none'}", "{'user':'bob','role':'banned'}", "{'user':'bob','role':'OWNER'}", "{'user':7,'role':'member'}",
            "{'user':'bob','role':'member','more':1}", "[]", ""})
    void anInvalidRoleIsRefused(String body) {
        assertThat(alice.putText("/api/rooms/" + room + "/members", body.replace('\'', '"')).problem()).isEqualTo("bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"user\":\"bob\",\"until\":\"soon\"}", "{\"user\":\"bob\",\"until\":7}",
            "{\"user\":\"bob\",\"until\":\"2020-01-01T00:00:00Z\"}", "{\"user\":\"bob\",\"until\":\"9999-01-01T00:00:00Z\"}",
            "{\"user\":\"bob\",\"until\":\"+999999999-01-01T00:00:00Z\"}", "{\"user\":\"bob\",\"more\":1}", "{\"user\":7}", "{}", "[]", ""})
    void anInvalidBanOrMuteIsRefused(String body) {
        assertThat(alice.putText("/api/rooms/" + room + "/bans", body).problem()).isEqualTo("bad_request");
        assertThat(alice.putText("/api/rooms/" + room + "/mutes", body).problem()).isEqualTo("bad_request");
    }

    @Test
    void anInvalidUserIdIsRefused() {
        for (String invalid : List.of("a\nb", "b".repeat(256))) {
            assertThat(alice.put("/api/rooms/" + room + "/bans", Map.of("user", invalid)).problem()).isEqualTo("bad_request");
            assertThat(alice.put("/api/rooms/" + room + "/members", Map.of("user", invalid, "role", "member")).problem())
                    .isEqualTo("bad_request");
        }
    }

    @Test
    void theIdOfAPrivateRoomCanNotBeGuessed() {
        assertThat(bob.post("/api/rooms", Map.of("id", hidden, "name", "Mine", "kind", "private")).problem()).isEqualTo("bad_request");
        assertThat(bob.post("/api/rooms", Map.of("id", UUID.randomUUID(), "name", "Mine", "kind", "private")).problem())
                .isEqualTo("bad_request");
    }

    @Test
    void aPrivateRoomIsJoinedByInvitationOnly() {
        assertThat(bobs.asks("room.join", Map.of("room", hidden)).refusal()).isEqualTo("not_found");

        try (ChatClient alices = ChatClient.of("alice")) {
            alices.subscribes(hidden);
            assertThat(alice.setsRole(hidden, "bob", "member").status()).isEqualTo(204);
            JsonNode event = alices.receives(joined("bob"));
            assertThat(event.at("/by/id").stringValue()).isEqualTo("alice");
            assertThat(event.get("role").stringValue()).isEqualTo("member");
        }
        assertThat(bobs.subscribes(hidden).get("role").stringValue()).isEqualTo("member");
        bobs.posts("at once");
    }

    @Test
    void aGuestReadsButCanNotPostAlsoAfterJoiningAgain() {
        assertThat(alice.setsRole(room, "bob", "guest").status()).isEqualTo(204);
        assertThat(bobs.subscribes(room).get("role").stringValue()).isEqualTo("guest");
        assertThat(bobs.posts("may I?", "key").refusal()).isEqualTo("forbidden");
        bobs.asks("room.leave", Map.of("room", room)).ok();
        bobs.asks("room.join", Map.of("room", room)).ok();
        assertThat(bobs.posts("may I?", "key").refusal()).isEqualTo("forbidden");

        assertThat(alice.setsRole(room, "bob", "member").status()).isEqualTo(204);
        assertThat(bobs.receives(roleChanged("bob", "member")).at("/by/id").stringValue()).isEqualTo("alice");
        bobs.posts("thanks");
    }

    @Test
    void forABannedUserTheRoomDoesNotExist() {
        bobs.joins(room);
        String nowhere = bob.get("/api/rooms/no-such-room").body();

        assertThat(alice.bans(room, "bob").status()).isEqualTo(204);

        assertThat(bobs.receives(unsubscribed(room)).get("resubscribe").booleanValue()).isFalse();
        try (ChatClient alices = ChatClient.of("alice").joins(room)) {
            alices.posts("about bob");
            assertThat(alices.receivesUpTo(posted("about bob"))).isNotEmpty();
        }
        assertThat(bobs.receivedSoFar()).noneMatch(posted("about bob").matches());
        for (String command : List.of("subscribe", "room.join", "room.leave", "history")) {
            assertThat(bobs.asks(command, Map.of("room", room)).refusal()).as(command).isEqualTo("not_found");
        }
        assertThat(bobs.posts("about me?", "key").refusal()).isEqualTo("not_found");
        assertThat(bob.get("/api/rooms/" + room).body()).isEqualTo(nowhere);
        assertThat(listed(bob)).isFalse();
        assertThat(alice.setsRole(room, "bob", "member").problem()).isEqualTo("conflict");
        assertThat(alice.liftsBan(room, "bob").status()).isEqualTo(204);
        assertThat(alice.liftsBan(room, "bob").status()).as("again").isEqualTo(204);
        assertThat(listed(bob)).isTrue();
        bobs.joins(room);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DELETE /members?user=bob", "PUT /bans", "DELETE "})
    void aRemovedRightIsGoneBeforeTheResponse(String act) {
        assertThat(alice.setsRole(hidden, "bob", "member").status()).isEqualTo(204);
        try (ChatClient alices = ChatClient.of("alice").joins(hidden)) {
            bobs.joins(hidden);
            String[] request = act.split(" ", 2);
            String path = "/api/rooms/" + hidden + request[1];
            assertThat((request[0].equals("PUT") ? alice.put(path, Map.of("user", "bob")) : alice.delete(path)).status()).isEqualTo(204);
            alices.asks("message.post", Map.of("room", hidden, "key", "key", "text", "about bob"));

            List<JsonNode> heard = bobs.receivedSoFar();
            assertThat(heard).noneMatch(posted("about bob").matches()).anyMatch(unsubscribed(hidden).matches());
            assertThat(bobs.asks("history", Map.of("room", hidden)).refusal()).isEqualTo("not_found");
            assertThat(bobs.asks("subscribe", Map.of("room", hidden, "since", Map.of("epoch", "e", "offset", 1))).refusal())
                    .isEqualTo("not_found");
            assertThat(bob.get("/api/rooms/" + hidden + "/members").problem()).isEqualTo("not_found");
        }
    }

    @Test
    void aBanEndsAtItsTime() {
        bobs.joins(room);
        Instant end = Instant.now().plusSeconds(3);
        assertThat(alice.put("/api/rooms/" + room + "/bans", Map.of("user", "bob", "until", end.toString())).status()).isEqualTo(204);
        assertThat(bobs.asks("room.join", Map.of("room", room)).refusal()).isEqualTo("not_found");

        await().pollInterval(Duration.ofMillis(50)).until(() -> bobs.asks("room.join", Map.of("room", room)).json().has("ok"));
        assertThat(Instant.now()).isAfter(end);
        assertThat(alice.get("/api/rooms/" + room + "/bans").json(200).get("bans")).isEmpty();
    }

    @Test
    void aMutedMemberReadsButCanNotPostUntilTheMuteEnds() {
        bobs.joins(room);
        try (ChatClient alices = ChatClient.of("alice").joins(room)) {
            Instant end = Instant.now().plusSeconds(3);
            assertThat(alice.mutes(room, "bob", end).status()).isEqualTo(204);
            assertThat(Instant.parse(bobs.receives(mutedUser("bob")).get("until").stringValue())).isBefore(end.plusMillis(1));
            assertThat(Instant.parse(bobs.subscribes(room).get("muted").stringValue())).isBefore(end.plusMillis(1));
            bobs.types(true);
            assertThat(bobs.posts("hm", "key").refusal()).isEqualTo("forbidden");
            bobs.asks("room.leave", Map.of("room", room)).ok();
            bobs.joins(room);
            assertThat(bobs.posts("hm", "key").refusal()).as("after joining again").isEqualTo("forbidden");
            alices.posts("listen");
            bobs.receives(posted("listen"));

            await().pollInterval(Duration.ofMillis(50)).until(() -> bobs.posts("hm", "key").json().has("ok"));
            assertThat(Instant.now()).isAfter(end);
            assertThat(alices.receivesUpTo(posted("hm"))).noneMatch(typing("bob", true).matches());
        }
    }

    @Test
    void aMuteIsLifted() {
        bobs.joins(room);
        assertThat(alice.mutes(room, "bob", Instant.now().plusSeconds(600)).status()).isEqualTo(204);
        assertThat(bobs.posts("hm", "key").refusal()).isEqualTo("forbidden");
        JsonNode members = bob.get("/api/rooms/" + room + "/members").json(200).get("members");
        assertThat(members.get(1).has("muted")).isTrue();
        assertThat(alice.liftsMute(room, "bob").status()).isEqualTo(204);
        bobs.posts("hm");
    }

    @Test
    void bansAreListedInPagesForModerators() {
        bobs.joins(room);
        for (String user : List.of("user-1", "user-2", "user-3")) {
            assertThat(alice.bans(room, user).status()).isEqualTo(204);
        }
        assertThat(bob.get("/api/rooms/" + room + "/bans").problem()).isEqualTo("forbidden");
        JsonNode first = alice.get("/api/rooms/" + room + "/bans" + "?limit=2").json(200);
        assertThat(first.get("bans").valueStream().map(ban -> ban.at("/user/id").stringValue())).containsExactly("user-1", "user-2");
        assertThat(first.get("more").booleanValue()).isTrue();
        JsonNode last = alice.get("/api/rooms/" + room + "/bans" + "?limit=2&after=user-2").json(200);
        assertThat(last.get("bans")).hasSize(1);
        assertThat(last.get("more").booleanValue()).isFalse();
    }

    @Test
    void theLastOwnerCanNotLeaveOtherMembers() {
        bobs.joins(room);
        try (ChatClient alices = ChatClient.of("alice").joins(room)) {
            assertThat(alices.asks("room.leave", Map.of("room", room)).refusal()).isEqualTo("conflict");
            assertThat(alice.setsRole(room, "bob", "owner").status()).isEqualTo(204);
            alices.asks("room.leave", Map.of("room", room)).ok();
        }
    }

    @Test
    void aClosedRoomIsGoneForAllMembers() {
        bobs.joins(room);
        assertThat(bob.delete("/api/rooms/" + room).problem()).isEqualTo("forbidden");
        assertThat(bob.delete("/api/rooms/" + hidden).problem()).isEqualTo("not_found");

        assertThat(alice.delete("/api/rooms/" + room).status()).isEqualTo(204);

        bobs.receives(new Expected("room.closed", event -> event.get("type").stringValue().equals("room.closed")));
        JsonNode end = bobs.receives(unsubscribed(room));
        assertThat(end.get("code").stringValue()).isEqualTo("gone");
        assertThat(end.get("resubscribe").booleanValue()).isFalse();
        assertThat(bobs.posts("anyone?", "key").refusal()).isEqualTo("not_found");
        assertThat(bobs.asks("history", Map.of("room", room)).refusal()).isEqualTo("not_found");
        assertThat(alice.get("/api/rooms/" + room).problem()).isEqualTo("not_found");
        assertThat(listed(alice)).isFalse();
        assertThat(Http.withToken(Tokens.of("carol", "Carol", "parley-admin")).delete("/api/rooms/" + room).problem())
                .isEqualTo("not_found");
        assertThat(alice.post("/api/rooms", Map.of("id", room, "name", "Again")).problem()).isEqualTo("conflict");
    }

    private boolean listed(Http someone) {
        return someone.get("/api/rooms?limit=1&after=" + room.substring(0, room.length() - 1)).json(200).get("rooms").valueStream()
                .anyMatch(one -> one.get("id").stringValue().equals(room));
    }

    private static Expected mutedUser(String user) {
        return new Expected("member.muted of " + user, event -> event.get("type").stringValue().equals("member.muted")
                && event.at("/user/id").stringValue().equals(user));
    }
}
