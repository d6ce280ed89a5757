package parley.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading exports of Slack. */
class SlackExportTest {

    private static final String USERS = "[{'id':'U1','name':'alice','profile':{'real_name':'Alice A'}},{'id':'U2','name':'bob'}]";
    private static final String CHANNELS = "[{'id':'C1','name':'general','creator':'U1','members':['U1','U2'],'topic':{'value':'All'}}]";

    @TempDir
    private Path folder;
    private final Report report = new Report();
    private final Map<String, byte[]> entries = new LinkedHashMap<>(Map.of("users.json", Exports.bytes(USERS), "channels.json",
            Exports.bytes(CHANNELS)));

    private Exports.Read read() throws IOException, Export.Unusable {
        return Exports.slack(Exports.zip(folder, entries), report);
    }

    private void day(String name, String... messages) {
        entries.put(name, Exports.bytes("[" + String.join(",", messages) + "]"));
    }

    private static String message(String ts, String rest) {
        return "{'type':'message','user':'U1','ts':'" + ts + "'" + rest + "}";
    }

    @Test
    void aFileThatIsNoExportIsRefused() throws IOException {
        entries.remove("users.json");
        assertThat(Exports.refusal(this::read)).isPresent();
        Path text = Files.writeString(folder.resolve("text.zip"), "no ZIP file");
        assertThat(Exports.refusal(() -> Exports.slack(text, report))).hasValue("The file is not a ZIP file.");
    }

    @Test
    void damagedListsAndDaysAreReported() throws IOException, Export.Unusable {
        entries.put("groups.json", Exports.bytes("{}"));
        entries.put("dms.json", Exports.bytes("[{'id':'D1',"));
        day("general/2020-01-01.json", message("1577836800.000100", ",'text':'hello'"));
        entries.put("general/2020-01-02.json", new byte[(64 << 20) + 1]);
        assertThat(read().of("C1")).hasSize(1);
        assertThat(report.examples(Why.BAD_LINE)).containsExactly("groups.json", "dms.json");
        assertThat(report.examples(Why.BAD_ENTRY)).containsExactly("general/2020-01-02.json");
    }

    @Test
    void conversationsHaveTheirPeople() throws IOException, Export.Unusable {
        entries.put("groups.json", Exports.bytes("[{'id':'G1','name':'secret','members':['U1']}]"));
        entries.put("dms.json", Exports.bytes("[{'id':'D1','members':['U1','U2']}]"));
        entries.put("mpims.json", Exports.bytes("[{'id':'G2','name':'mpdm-a--b--c-1','members':['U1','U2','U3']}]"));
        day("D1/2020-01-01.json", message("1577836800.000100", ",'text':'psst'"));
        day("mpdm-a--b--c-1/2020-01-01.json", message("1577836800.000100", ",'text':'all'"));
        Exports.Read export = read();
        assertThat(export.people()).isEqualTo(Map.of("U1", "Alice A", "U2", "bob"));
        assertThat(export.conversations()).extracting(Export.Conversation::id).containsExactly("C1", "G1", "G2", "D1");
        assertThat(export.conversations().getFirst()).isEqualTo(new Export.Conversation("C1", Export.Kind.PUBLIC, "general", "All",
                Map.of("U1", true, "U2", false), 0));
        assertThat(export.of("D1")).extracting(Export.Post::text).containsExactly("psst");
        assertThat(export.of("G2")).extracting(Export.Post::text).containsExactly("all");
    }

    @Test
    void daysAndMessagesComeInOrder() throws IOException, Export.Unusable {
        day("general/2020-01-02.json", message("1577923200.000200",
                ",'text':'three','thread_ts':'1577836800.000100','parent_user_id':'U1'"));
        day("general/2020-01-01.json", message("1577836801.000200", ",'text':'two'"),
                message("1577836800.000100", ",'text':'one','thread_ts':'1577836800.000100','reply_count':1"));
        List<Export.Post> posts = read().of("C1");
        assertThat(posts).extracting(Export.Post::text).containsExactly("one", "two", "three");
        assertThat(posts.getFirst().answers()).isEmpty();
        assertThat(posts.getLast().answers()).hasValue(new Export.Post.Root(posts.getFirst().id(), "U1"));
    }

    @Test
    void aMessageHasItsReactionsEditPinFilesAndMentions() throws IOException, Export.Unusable {
        entries.put("__uploads/F1/plan.txt", Exports.bytes("content"));
        day("general/2020-01-01.json", message("1577836800.000100", ",'text':'<@U2> look','edited':{'user':'U1','ts':'1577836860.000000'},"
                + "'pinned_to':['C1'],'reactions':[{'name':'tada','count':2,'users':['U1','U2']}],'files':[{'id':'F1','name':'plan.txt',"
                + "'url_private':'https://files.example/F1'},{'id':'F2','name':'gone.txt'}]"));
        Export.Post post = read().of("C1").getFirst();
        assertThat(post.edited()).hasValue(Instant.parse("2020-01-01T00:01:00Z"));
        assertThat(post.pinned()).isTrue();
        assertThat(post.reactions()).containsExactly(new Export.Reaction("tada", "U1"), new Export.Reaction("tada", "U2"));
        assertThat(post.files()).containsExactly(new Export.Attachment("plan.txt", Optional.of("__uploads/F1/plan.txt")),
                new Export.Attachment("gone.txt", Optional.empty()));
        assertThat(post.mentions()).isEqualTo(Map.of("@U2", "U2"));
    }

    @Test
    void whatSlackWroteItselfIsMarked() throws IOException, Export.Unusable {
        day("general/2020-01-01.json", message("1577836800.000100", ",'subtype':'channel_join','text':'joined'"),
                message("1577836801.000100", ",'subtype':'thread_broadcast','text':'also','thread_ts':'1577836800.000100'"),
                "{'type':'message','subtype':'bot_message','bot_id':'B1','username':'Build','ts':'1577836802.000100','text':'done'}");
        List<Export.Post> posts = read().of("C1");
        assertThat(posts).extracting(Export.Post::system).containsExactly(true, false, false);
        assertThat(posts).extracting(Export.Post::also).containsExactly(false, true, false);
        assertThat(posts.getLast().author()).isEqualTo("B1");
        assertThat(posts.getLast().authorName()).hasValue("Build");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "soon", "-1", "1577836800.", "1577836800.0000001", "99999999999999", "1"})
    void aTimeThatIsNoneIsNotUsed(String ts) {
        assertThat(SlackExport.time(ts)).isNull();
    }

    @Test
    void aTimeHasMilliseconds() {
        assertThat(SlackExport.time("1577836800.123456")).isEqualTo(Instant.parse("2020-01-01T00:00:00.123Z"));
        assertThat(SlackExport.time("1577836800")).isEqualTo(Instant.parse("2020-01-01T00:00:00Z"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '¦', quoteCharacter = '\'', textBlock = """
            a &lt;b&gt; &amp;amp;                      ¦ a <b> &amp;
            *bold* and ~gone~ and _it_                 ¦ **bold** and ~~gone~~ and _it_
            2*3*4                                      ¦ 2*3*4
            see <https://a.example/x>                  ¦ see https://a.example/x
            see <https://a.example/x|the plan>         ¦ see [the plan](https://a.example/x)
            see <http://a.example|a.example>           ¦ see http://a.example
            in <#C1|general>                           ¦ in #general
            <!here> and <!channel>                     ¦ @here and @channel
            <!subteam^S1|@team>                        ¦ @team
            `*code* <@U1>` and *bold*                  ¦ `*code* <@U1>` and **bold**
            <@U2|bob> and <@U3>                        ¦ @U2 and @U3
            """)
    void markupBecomesMarkdown(String slack, String markdown) {
        assertThat(SlackText.markdown(slack, new HashMap<>())).isEqualTo(markdown);
    }
}
