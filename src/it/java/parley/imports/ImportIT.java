package parley.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Json;
import parley.kit.RoomFold;
import parley.kit.Tokens;
import tools.jackson.databind.JsonNode;

/** Importing exports: what people find afterwards, and that a second import changes nothing. */
class ImportIT {

    /** A name that no other run used. */
    private final String mark = UUID.randomUUID().toString().substring(0, 8);
    private final ImportRequests admin = new ImportRequests();
    private final String alice = "alice-" + mark;
    private final String bob = "bob-" + mark;
    private final Http alices = Http.of(alice);

    @BeforeEach
    void peopleAreKnown() {
        Tokens.signIn(alice);
        Tokens.signIn(bob);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'source':'a','format':'irc','file':'f'}", "{'source':'A b','format':'slack','file':'f'}",
            "{'source':'a','format':'slack','file':'../f'}", "{'source':'a','format':'slack','file':'missing.zip'}",
            "{'source':'a','format':'slack','file':'f','more':1}"})
    @EnabledIfSystemProperty(named = "parley.db", matches = "postgresql", disabledReason = "once is enough")
    void aRequestThatIsWrongIsRefused(String body) {
        assertThat(admin.http().postText("/api/administration/imports", body.replace('\'', '"')).problem()).isEqualTo("bad_request");
    }

    @Test
    @EnabledIfSystemProperty(named = "parley.db", matches = "postgresql", disabledReason = "once is enough")
    void aFileThatIsNoExportFails() {
        JsonNode failed = admin.awaits(admin.starts("x-" + mark, "slack", ImportFiles.text(".zip", "nothing"), people(), Map.of()),
                Duration.ofSeconds(30));
        assertThat(failed.get("state").stringValue()).isEqualTo("failed");
        assertThat(failed.get("failure").stringValue()).isEqualTo("The file is not a ZIP file.");
    }

    private static String nameOf(String user) {
        return Http.of(user).get("/api/me").json(200).get("name").stringValue();
    }

    private String people() {
        return ImportFiles.text(".csv", "alice," + alice + "\nbob," + bob + "\nU1," + alice + "\nU2," + bob + "\n");
    }

    private String mattermost() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("import.jsonl", """
                {'type':'version','version':1}
                {'type':'channel','channel':{'team':'t','name':'town','display_name':'Town %1$s','type':'O','header':'About'}}
                {'type':'channel','channel':{'team':'t','name':'cellar','display_name':'Cellar %1$s','type':'P'}}
                {'type':'user','user':{'username':'alice','teams':[{'name':'t','channels':[{'name':'town','roles':'channel_admin'},\
                {'name':'cellar'}]}]}}
                {'type':'user','user':{'username':'bob','teams':[{'name':'t','channels':[{'name':'town'}]}]}}
                {'type':'user','user':{'username':'carol'}}
                {'type':'post','post':{'team':'t','channel':'town','user':'bob','message':'Second, @alice','create_at':1600000002000,\
                'attachments':[{'path':'a/note.txt'}]}}
                {'type':'post','post':{'team':'t','channel':'town','user':'alice','message':'First %1$s','create_at':1600000001000,\
                'edit_at':1600000009000,'is_pinned':true,'reactions':[{'user':'bob','create_at':1600000001500,'emoji_name':'tada'}],\
                'replies':[{'user':'bob','message':'Reply','create_at':1600000003000},\
                {'user':'carol','message':'No','create_at':1600000004000}]}}
                {'type':'post','post':{'team':'t','channel':'town','user':'alice','type':'system_join_channel','message':'joined',\
                'create_at':1600000000000}}
                {'type':'direct_post','direct_post':{'channel_members':['alice','bob'],'user':'bob',\
                'message':'psst','create_at':1600000001000}}
                """.formatted(mark));
        entries.put("data/a/note.txt", "the note");
        return ImportFiles.zip(entries);
    }

    private String room(Http who, String name) {
        return who.get("/api/rooms?query=" + Http.escaped(name)).json(200).get("rooms").get(0).get("id").stringValue();
    }

    @Test
    @EnabledIfSystemProperty(named = "parley.db", matches = "postgresql", disabledReason = "once is enough")
    void aDryRunListsWhatCanNotBeImportedAndStoresNothing() {
        JsonNode ended = admin.runs("dry-" + mark, "mattermost", mattermost(), people(), Map.of("dryRun", true));
        assertThat(List.of("unmapped_person", "unmapped_author", "system_message").stream().map(why -> ImportRequests.count(ended, why)))
                .containsExactly(1L, 1L, 1L);
        assertThat(ended.get("posts").longValue()).isEqualTo(6);
        assertThat(ended.get("added").longValue()).isZero();
        assertThat(alices.get("/api/rooms?query=" + mark).json(200).get("rooms")).isEmpty();
    }

    @Test
    void anImportIsWhatTheLogSaysAndASecondOneChangesNothing() {
        String file = mattermost();
        JsonNode first = admin.runs("mm-" + mark, "mattermost", file, people(), Map.of());
        assertThat(first.get("added").longValue()).isEqualTo(4);
        String room = room(alices, "Town " + mark);

        List<JsonNode> messages = shown(alices, room);
        assertThat(messages).extracting(message -> message.get("text").stringValue()).containsExactly("First " + mark,
                "Second, @" + nameOf(alice));
        JsonNode message = messages.getFirst();
        assertThat(message.get("at").stringValue()).startsWith("2020-09-13T12:26:41");
        assertThat(message.get("edited").stringValue()).startsWith("2020-09-13T12:26:49");
        assertThat(message.get("pinned").booleanValue()).isTrue();
        assertThat(message.at("/reactions/🎉/by/0").stringValue()).isEqualTo(bob);
        assertThat(message.at("/replies/count").intValue()).isOne();
        JsonNode file1 = messages.get(1).at("/files/0");
        assertThat(alices.get("/api/files/" + file1.get("id").stringValue()).body()).isEqualTo("the note");
        assertThat(alices.get("/api/rooms/" + room + "/members").json(200).get("members")).hasSize(2)
                .extracting(member -> member.get("role").stringValue()).containsExactly("owner", "member");
        assertThat(alices.get("/api/me/rooms").json(200).get("rooms")).hasSize(3)
                .allSatisfy(mine -> assertThat(mine.get("unread").intValue()).isZero());
        assertThat(alices.get("/api/me/notifications").json(200).get("notifications")).isEmpty();
        assertThat(messages).isEqualTo(folded(room));
        assertThat(admin.http().post("/api/administration/rooms/" + room + "/rebuild", Map.of()).status()).isEqualTo(200);
        assertThat(shown(alices, room)).as("after a rebuild").isEqualTo(messages);
        await().atMost(Duration.ofSeconds(20)).until(() -> found("First " + mark) == 1);

        JsonNode second = admin.runs("mm-" + mark, "mattermost", file, people(), Map.of());
        assertThat(second.get("added").longValue()).isZero();
        assertThat(shown(alices, room)).isEqualTo(messages);
        assertThat(alices.get("/api/me/rooms").json(200).get("rooms")).hasSize(3);
    }

    private int found(String words) {
        return alices.get("/api/search?q=" + Http.escaped("\"" + words + "\"")).json(200).get("results").size();
    }

    private static List<JsonNode> shown(Http who, String room) {
        List<JsonNode> shown = new ArrayList<>();
        who.get("/api/rooms/" + room + "/messages?limit=100&after=0").json(200).get("messages").forEach(shown::add);
        return shown;
    }

    // The log from its first event.
    private List<JsonNode> folded(String room) {
        try (ChatClient client = ChatClient.of(alice)) {
            JsonNode ok = client.subscribes(room);
            long head = ok.get("offset").longValue();
            client.asks("unsubscribe", Map.of("room", room)).ok();
            client.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", ok.get("epoch").stringValue(), "offset", 0)))
                    .ok();
            RoomFold fold = new RoomFold(0);
            fold.apply(client.receivesLogged((int) head));
            return fold.messages().stream().filter(message -> !message.has("thread")).toList();
        }
    }

    @Test
    @EnabledIfSystemProperty(named = "parley.db", matches = "postgresql", disabledReason = "once is enough")
    void slacksConversationsBecomeRooms() {
        Map<String, String> entries = new LinkedHashMap<>();
        entries.put("users.json", "[{'id':'U1','name':'alice'},{'id':'U2','name':'bob'},{'id':'U3','name':'carol','real_name':'Carol C'}]");
        entries.put("channels.json", "[{'id':'C1','name':'harbour %s','creator':'U1','members':['U1','U2']}]".formatted(mark));
        entries.put("dms.json", "[{'id':'D1','members':['U1','U2']}]");
        entries.put("harbour " + mark + "/2020-09-13.json", """
                [{'type':'message','user':'U1','text':'*Ahoy* <@U2>','ts':'1600000001.000100','thread_ts':'1600000001.000100',
                'reply_count':1,                'reactions':[{'name':'+1','users':['U2']}]},
                {'type':'message','user':'U3','text':'gone','ts':'1600000002.000100','files':[{'id':'F1','name':'plan.pdf'}]},
                {'type':'message','user':'U2','text':'Aye','ts':'1600000003.000100','thread_ts':'1600000001.000100',
                'parent_user_id':'U1'}]""");
        entries.put("D1/2020-09-13.json", "[{'type':'message','user':'U2','text':'psst','ts':'1600000001.000100'}]");
        String file = ImportFiles.zip(entries);
        JsonNode ended = admin.runs("sl-" + mark, "slack", file, people(), Map.of("keepUnmapped", true));
        assertThat(ended.get("added").longValue()).isEqualTo(4);
        assertThat(ImportRequests.count(ended, "file_not_included")).isOne();

        String room = room(alices, "harbour " + mark);
        List<JsonNode> messages = shown(alices, room);
        assertThat(messages).extracting(message -> message.get("text").stringValue()).containsExactly("**Ahoy** @" + nameOf(bob), "gone");
        assertThat(messages.getFirst().at("/replies/by/0").stringValue()).isEqualTo(bob);
        assertThat(messages.get(1).at("/by")).isEqualTo(Json.read("{\"id\":\"import:sl-" + mark + ":U3\",\"name\":\"Carol C\"}"));
        assertThat(messages).isEqualTo(folded(room));
        assertThat(Http.of(bob).get("/api/me/rooms").json(200).get("rooms")).hasSize(2);
        assertThat(admin.runs("sl-" + mark, "slack", file, people(), Map.of("keepUnmapped", true)).get("added").longValue()).isZero();
    }

    @Test
    @EnabledIfSystemProperty(named = "parley.db", matches = "postgresql", disabledReason = "once is enough")
    void anImportThatWasInterruptedAddsTheRestOnly() {
        int messages = 4_000;
        String file = ImportFiles.mattermost("b" + mark, messages, 2, 4);
        String people = ImportFiles.people(4, "p-" + mark + "-");
        String first = admin.starts("big-" + mark, "mattermost", file, people, Map.of());
        admin.awaitsFirst(first);
        assertThat(admin.cancels(first)).isEqualTo(204);
        JsonNode cancelled = admin.awaits(first, Duration.ofSeconds(30));
        long before = cancelled.get("added").longValue();

        JsonNode rest = admin.runs("big-" + mark, "mattermost", file, people, Map.of());
        assertThat(before + rest.get("added").longValue()).isEqualTo(messages);
        assertThat(admin.runs("big-" + mark, "mattermost", file, people, Map.of()).get("added").longValue()).isZero();
        assertThat(admin.cancels("no-such-import")).isEqualTo(404);
    }
}
