package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.ForgedToken;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** The audit as administrators read it: who did what to whom, from where. */
class AuditIT {

    private final Http alice = Http.of("alice");
    private final Http administrator = Http.withToken(Tokens.of("carol", "Carol", "parley-admin"));
    private final String room = alice.createsRoom();

    @Test
    void onlyAdministratorsReadIt() {
        assertThat(alice.get("/api/administration/audit").problem()).isEqualTo("forbidden");
        assertThat(Http.anonymous().get("/api/administration/audit").status()).isEqualTo(401);
        assertThat(administrator.postText("/api/administration/audit", "{}").status()).isEqualTo(405);
        assertThat(administrator.delete("/api/administration/audit").status()).isEqualTo(405);
    }

    @Test
    void containsChangesOfARoomAndOfItsMembers() {
        try (ChatClient bob = ChatClient.of("bob").joins(room)) {
            bob.posts("between us");
            alice.patch("/api/rooms/" + room, Map.of("name", "Renamed", "topic", "a secret topic", "retention", "30d")).json(200);
            alice.removes(room, "bob");
        }
        HttpAnswer answer = administrator.get("/api/administration/audit?room=" + room);
        List<JsonNode> entries = entries(answer);
        assertThat(entries).extracting(entry -> entry.get("action").stringValue())
                .containsExactly("member.removed", "room.updated", "room.created");
        assertThat(entries).allSatisfy(entry -> {
            assertThat(entry.get("actor").stringValue()).isEqualTo("alice");
            assertThat(entry.get("address").stringValue()).isEqualTo("127.0.0.1");
            assertThat(entry.get("at").stringValue()).startsWith("20");
        });
        assertThat(entries.get(0).get("subject").stringValue()).isEqualTo("bob");
        assertThat(entries.get(1).get("detail").stringValue()).isEqualTo("kind=public retention=30d");
        assertThat(answer.body()).as("no text of users").doesNotContain("between us", "Renamed", "secret");
    }

    @Test
    void isReadInPages() {
        for (int days = 1; days <= 4; days++) {
            alice.patch("/api/rooms/" + room, Map.of("retention", days + "d")).json(200);
        }
        JsonNode first = administrator.get("/api/administration/audit?limit=2&room=" + room).json(200);
        assertThat(first.get("more").booleanValue()).isTrue();
        assertThat(first.get("entries")).extracting(AuditIT::detail).containsExactly("kind=public retention=4d",
                "kind=public retention=3d");
        String before = first.get("entries").get(1).get("id").stringValue();
        JsonNode second = administrator.get("/api/administration/audit?limit=3&room=" + room + "&before=" + before).json(200);
        assertThat(second.get("more").booleanValue()).isFalse();
        assertThat(second.get("entries")).extracting(AuditIT::detail)
                .containsExactly("kind=public retention=2d", "kind=public retention=1d", "kind=public retention=forever");
    }

    @Test
    void containsAnAdministrationTaskOnceEvenIfTheRoomIsRebuilt() {
        administrator.post("/api/administration/rooms/" + room + "/rebuild", Map.of()).json(200);
        List<JsonNode> entries = entries(administrator.get("/api/administration/audit?room=" + room));
        assertThat(entries).extracting(entry -> entry.get("action").stringValue()).containsExactly("administration", "room.created");
        assertThat(detail(entries.getFirst())).startsWith("POST").endsWith("administration/rooms/" + room + "/rebuild");
        assertThat(entries(administrator.get("/api/administration/audit?actor=carol&limit=1")).getFirst()).isEqualTo(entries.getFirst());
    }

    @Test
    void isFilteredByEachOfItsFields() {
        try (ChatClient bob = ChatClient.of("bob").joins(room)) {
            alice.removes(room, "bob");
        }
        JsonNode removed = entries(administrator.get("/api/administration/audit?room=" + room)).getFirst();
        String at = removed.get("at").stringValue();
        String in = "/api/administration/audit?room=" + room;
        assertThat(administrator.get(in + "&from=yesterday").problem()).isEqualTo("bad_request");
        assertThat(entries(administrator.get(in + "&subject=bob"))).containsExactly(removed);
        assertThat(entries(administrator.get(in + "&action=member.removed"))).containsExactly(removed);
        assertThat(entries(administrator.get(in + "&action=member."))).isEmpty();
        assertThat(entries(administrator.get(in + "&action=member.removed&from=" + at))).containsExactly(removed);
        assertThat(entries(administrator.get(in + "&action=member.removed&until=" + at))).isEmpty();
    }

    @Test
    void readingAndExportingItAreAuditEventsThatOnlyTheirActionsFind() {
        String reader = "reader-" + room;
        Http reading = Http.withToken(Tokens.of(reader, "Reader", "parley-admin"));
        assertThat(reading.get("/api/administration/audit/export?room=" + room).problem()).isEqualTo("bad_request");
        assertThat(reading.get("/api/administration/audit/export?format=csv&room=" + room).body()).startsWith("id,at,action,")
                .contains(",room.created,alice,,");
        assertThat(reading.get("/api/administration/audit/export?format=jsonl&room=" + room).body()).startsWith("{\"id\":");
        assertThat(entries(reading.get("/api/administration/audit?actor=" + reader))).isEmpty();
        assertThat(entries(administrator.get("/api/administration/audit?action=audit.exported&actor=" + reader)))
                .extracting(AuditIT::detail).containsExactly("format=jsonl&room=" + room, "format=csv&room=" + room);
        assertThat(entries(administrator.get("/api/administration/audit?action=audit.read&actor=" + reader)))
                .extracting(AuditIT::detail).containsExactly("actor=" + reader);
    }

    @Test
    void containsRevocations() {
        String user = "user-" + room;
        assertThat(administrator.post("/api/administration/revocations", Map.of("user", user)).status()).isEqualTo(204);
        JsonNode entry = entries(administrator.get("/api/administration/audit?actor=carol&limit=1")).getFirst();
        assertThat(entry.get("action").stringValue()).isEqualTo("tokens.revoked");
        assertThat(entry.get("subject").stringValue()).isEqualTo(user);
        assertThat(entry.get("address").stringValue()).isEqualTo("127.0.0.1");
    }

    @Test
    void countsRefusedSignIns() {
        String before = id(entries(administrator.get("/api/administration/audit?limit=1")).getFirst());
        String token = ForgedToken.EXPIRED.token();
        for (int i = 0; i < 3; i++) {
            Handshake.anonymous().with("Sec-WebSocket-Protocol", "parley.v1, bearer." + token).refused();
        }
        Http.withToken(token).get("/api/rooms");
        Handshake.of("bob").from("https://evil.example").refused();

        HttpAnswer answer = administrator.get("/api/administration/audit?limit=10");
        List<JsonNode> refused = entries(answer).stream().takeWhile(entry -> !id(entry).equals(before)).toList();
        assertThat(refused).allSatisfy(entry -> {
            assertThat(entry.get("action").stringValue()).isEqualTo("sign-in.refused");
            assertThat(entry.get("address").stringValue()).isEqualTo("127.0.0.1");
            assertThat(entry.has("actor")).isFalse();
        });
        // Counts are written every minute. If that happens during the test, one reason has two entries.
        Map<String, Integer> times = refused.stream().collect(Collectors.toMap(AuditIT::detail, entry -> entry.get("times").intValue(),
                Integer::sum));
        assertThat(times.values()).containsExactlyInAnyOrder(3, 1, 1);
        assertThat(answer.body()).doesNotContain(token.substring(token.lastIndexOf('.') + 1));
    }

    private static String id(JsonNode entry) {
        return entry.get("id").stringValue();
    }

    private static String detail(JsonNode entry) {
        return entry.get("detail").stringValue();
    }

    private static List<JsonNode> entries(HttpAnswer answer) {
        return StreamSupport.stream(answer.json(200).get("entries").spliterator(), false).toList();
    }
}
