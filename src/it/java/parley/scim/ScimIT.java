package parley.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.Json;
import parley.kit.Server;
import parley.kit.Tokens;
import parley.server.TestServer;
import tools.jackson.databind.JsonNode;

/** The company's directory creates people, ends their access, and fills rooms. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql", disabledReason = "once is enough")
class ScimIT {

    private static final String ROOM = "crew";

    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final String alice = "alice-" + mark;
    private final Http directory = Http.withToken(TestServer.SCIM_TOKEN);

    private HttpAnswer sends(String method, String path, String body) {
        return directory.send(HttpRequest.newBuilder(Server.at("/api/scim/v2/" + path)).header("Content-Type", "application/scim+json")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    private static JsonNode json(HttpAnswer answer, int status) {
        assertThat(answer.status()).as("%s", answer).isEqualTo(status);
        return Json.read(answer.body());
    }

    private String adds(String user) {
        return json(sends("POST", "Users", "{'userName':'" + user + "','displayName':'Name of " + user + "','active':true}"), 201).get("id")
                .stringValue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Users", "Users/1", "Groups", "Groups/1", "ServiceProviderConfig", "ResourceTypes", "Schemas"})
    void otherTokensAreRefused(String path) {
        String administrator = Tokens.of("admin", "Administrator", "parley-admin");
        for (Http caller : List.of(Http.anonymous(), Http.withToken(TestServer.SCIM_TOKEN + "x"), Http.withToken(administrator))) {
            assertThat(json(caller.get("/api/scim/v2/" + path), 401).get("status").stringValue()).isEqualTo("401");
        }
        assertThat(directory.get("/api/me").status()).as("the directory is no person").isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            POST  | Users               | {}                              | 400
            POST  | Groups              | {'displayName':'x','members':[{'value':'nobody'}]} | 400
            GET   | Users/none          | ``                              | 404
            PUT   | Users/none          | {'userName':'x-none'}           | 404
            PATCH | Groups/none         | {'Operations':[{'op':'replace','path':'displayName','value':'x'}]} | 404
            DELETE | Groups/none        | ``                              | 404
            GET   | Users?filter=x      | ``                              | 400
            """)
    void wrongRequestsAreRefused(String method, String path, String body, int status) {
        assertThat(json(sends(method, path, body), status).get("status").stringValue()).isEqualTo("" + status);
    }

    @Test
    void aUserIsFoundByNameAndOnlyOnce() {
        String id = adds(alice);
        assertThat(json(sends("POST", "Users", "{'userName':'" + alice.toUpperCase(Locale.ROOT) + "'}"), 409).get("scimType")
                .stringValue()).isEqualTo("uniqueness");
        JsonNode found = json(sends("GET", "Users?filter=" + Http.escaped("userName eq \"" + alice + "\""), ""), 200);
        assertThat(found.get("totalResults").intValue()).isOne();
        assertThat(found.at("/Resources/0/id").stringValue()).isEqualTo(id);
        JsonNode page = json(sends("GET", "Users?startIndex=1&count=1", ""), 200);
        assertThat(page.get("Resources")).hasSize(1);
        assertThat(page.get("totalResults").intValue()).isPositive();
        assertThat(Http.of("someone-" + mark).get("/api/people/one?id=" + alice).json(200).get("name").stringValue())
                .isEqualTo("Name of " + alice);
        assertThat(json(sends("GET", "ServiceProviderConfig", ""), 200).at("/patch/supported").booleanValue()).isTrue();
        assertThat(json(sends("GET", "ResourceTypes", ""), 200).get("totalResults").intValue()).isEqualTo(2);
        assertThat(json(sends("GET", "Schemas", ""), 200).get("totalResults").intValue()).isEqualTo(2);
    }

    @Test
    void aUserWhoIsNotActiveHasNoAccess() {
        String id = adds(alice);
        try (ChatClient client = ChatClient.of(alice)) {
            long start = System.nanoTime();
            JsonNode changed = json(sends("PATCH", "Users/" + id,
                    "{'Operations':[{'op':'Replace','path':'active','value':'False'}]}"), 200);
            assertThat(changed.get("active").booleanValue()).isFalse();
            assertThat(client.closeCode()).isPositive();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(Http.of(alice).get("/api/me").status()).isEqualTo(403);
        json(sends("PUT", "Users/" + id, "{'userName':'" + alice + "','active':true}"), 200);
        assertThat(Http.of(alice).get("/api/me").status()).isEqualTo(200);
        assertThat(sends("DELETE", "Users/" + id, "").status()).isEqualTo(204);
        assertThat(Http.of(alice).get("/api/me").status()).isEqualTo(403);
        assertThat(sends("GET", "Users/" + id, "").status()).isEqualTo(404);
    }

    @Test
    void anotherChangeDoesNotGiveAccessBack() {
        String id = adds(alice);
        Http administrator = Http.withToken(Tokens.of("admin", "Administrator", "parley-admin"));
        assertThat(administrator.putText("/api/administration/people/access", "{\"user\":\"" + alice + "\",\"allowed\":false}").status())
                .isEqualTo(204);
        json(sends("PATCH", "Users/" + id, "{'Operations':[{'op':'replace','value':{'displayName':'A','active':true}}]}"), 200);
        assertThat(Http.of(alice).get("/api/me").status()).isEqualTo(403);
    }

    @Test
    void aGroupFillsItsRoom() {
        Http owner = Http.of("owner");
        owner.post("/api/rooms", Map.of("id", ROOM, "name", "The crew", "kind", "public"));
        String id = adds(alice);
        String other = adds("bob-" + mark);
        String group = json(sends("POST", "Groups", "{'displayName':'Crew " + mark + "','members':[{'value':'" + id + "'}]}"), 201)
                .get("id").stringValue();
        awaitsMembers(alice, true);

        json(sends("PATCH", "Groups/" + group, "{'Operations':[{'op':'add','path':'members','value':[{'value':'" + other + "'}]},"
                + "{'op':'remove','path':'members[value eq \\'" + id + "\\']'}]}".replace("\\'", "\\\"")), 200);
        awaitsMembers("bob-" + mark, true);
        awaitsMembers(alice, false);

        json(sends("PATCH", "Groups/" + group, "{'Operations':[{'op':'replace','path':'displayName','value':'Others'}]}"), 200);
        awaitsMembers("bob-" + mark, false);
        assertThat(sends("DELETE", "Groups/" + group, "").status()).isEqualTo(204);
    }

    private static void awaitsMembers(String person, boolean is) {
        await().atMost(Duration.ofSeconds(10)).until(() -> Http.of("owner").get("/api/rooms/" + ROOM + "/members?limit=100").json(200)
                .get("members").valueStream().anyMatch(member -> member.at("/user/id").stringValue("").equals(person)
                        || member.path("id").asString("").equals(person)) == is);
    }
}
