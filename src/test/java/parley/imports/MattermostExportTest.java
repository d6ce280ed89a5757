package parley.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading bulk exports of Mattermost. */
class MattermostExportTest {

    private static final String VERSION = "{'type':'version','version':1}";
    private static final String TEAM = "{'type':'team','team':{'name':'main','display_name':'Main','type':'O'}}";
    private static final String CHANNEL =
            "{'type':'channel','channel':{'team':'main','name':'town','display_name':'Town','type':'O','header':'About the town'}}";
    private static final String ALICE = "{'type':'user','user':{'username':'alice','first_name':'Alice','last_name':'A','teams':[{'name':"
            + "'main','roles':'team_user','channels':[{'name':'town','roles':'channel_user channel_admin'}]}]}}";
    private static final String BOB = "{'type':'user','user':{'username':'bob','nickname':'Bobby','teams':[{'name':'main','channels':[{"
            + "'name':'town','roles':'channel_user'}]}]}}";

    @TempDir
    private Path folder;
    private final Report report = new Report();

    private Exports.Read read(String... lines) throws IOException, Export.Unusable {
        return Exports.mattermost(Exports.lines(folder, lines), report);
    }

    private static String post(long at, String rest) {
        return "{'type':'post','post':{'team':'main','channel':'town','user':'alice','create_at':" + at + rest + "}}";
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[]", "{'type':'version','version':2}", "{'type':'team'}", "no json"})
    void aFileThatDoesNotBeginWithTheVersionIsRefused(String first) throws IOException {
        Path file = Exports.lines(folder, first, TEAM, CHANNEL);
        assertThat(Exports.refusal(() -> Exports.mattermost(file, report))).isPresent();
    }

    @Test
    void anEmptyFileIsRefused() throws IOException {
        Path file = Files.createFile(folder.resolve("empty.jsonl"));
        assertThat(Exports.refusal(() -> Exports.mattermost(file, report))).hasValue("The file is empty.");
    }

    @Test
    void linesThatAreNoObjectsAreReportedAndTheOthersRead() throws IOException, Export.Unusable {
        Exports.Read export = read(VERSION, CHANNEL, "{'type':", "7", "{'type':'planet'}", "", "[".repeat(40), post(1_600_000_000_000L,
                ",'message':'hello'"));
        assertThat(report.count(Why.BAD_LINE)).isEqualTo(4);
        assertThat(report.examples(Why.BAD_LINE)).startsWith("line 3", "line 4");
        assertThat(export.of("main/town")).extracting(Export.Post::text).containsExactly("hello");
    }

    @Test
    void aLineThatIsTooLongIsReported() throws IOException, Export.Unusable {
        Exports.Read export = read(VERSION, CHANNEL, "x".repeat(Lines.LONGEST + 1), post(1_600_000_000_000L, ",'message':'hello'"));
        assertThat(report.count(Why.LONG_LINE)).isOne();
        assertThat(export.of("main/town")).hasSize(1);
    }

    @Test
    void aPostOfAnUnknownChannelIsReported() throws IOException, Export.Unusable {
        read(VERSION, CHANNEL, post(1_600_000_000_000L, "").replace("'town'", "'village'"));
        assertThat(report.examples(Why.UNKNOWN_CONVERSATION)).containsExactly("main/village");
    }

    @Test
    void channelsHaveTheirPeople() throws IOException, Export.Unusable {
        Exports.Read export = read(VERSION, TEAM, CHANNEL, "{'type':'channel','channel':{'team':'main','name':'secret','type':'P'}}", ALICE,
                BOB);
        assertThat(export.people()).isEqualTo(Map.of("alice", "Alice A", "bob", "Bobby"));
        assertThat(export.conversations()).containsExactly(
                new Export.Conversation("main/town", Export.Kind.PUBLIC, "Town", "About the town", Map.of("alice", true, "bob", false), 0),
                new Export.Conversation("main/secret", Export.Kind.PRIVATE, "secret", "", Map.of(), 0));
    }

    @Test
    void postsAndRepliesComeInTheOrderOfTheirTimes() throws IOException, Export.Unusable {
        Exports.Read export = read(VERSION, CHANNEL, post(1_600_000_003_000L, ",'message':'third'"),
                post(1_600_000_001_000L, ",'message':'first','replies':[{'user':'bob','message':'fourth','create_at':1600000004000},"
                + "{'user':'bob','message':'second','create_at':1600000002000}]"));
        List<Export.Post> posts = export.of("main/town");
        assertThat(posts).extracting(Export.Post::text).containsExactly("first", "second", "third", "fourth");
        assertThat(posts).extracting(post -> post.answers().map(Export.Post.Root::author)).containsExactly(Optional.empty(),
                Optional.of("alice"), Optional.empty(), Optional.of("alice"));
        assertThat(posts.get(1).answers().orElseThrow().id()).isEqualTo(posts.getFirst().id());
        assertThat(export.conversations().getFirst().posts()).isEqualTo(4);
    }

    @Test
    void aPostHasItsReactionsEditPinAndMentions() throws IOException, Export.Unusable {
        Exports.Read export = read(VERSION, CHANNEL, ALICE, BOB, post(1_600_000_001_000L, ",'message':'Thanks @bob. @carol?','edit_at':"
                + "1600000009000,'is_pinned':true,'reactions':[{'user':'bob','create_at':1600000002000,'emoji_name':'+1'}]"));
        Export.Post post = export.of("main/town").getFirst();
        assertThat(post.at()).isEqualTo(Instant.parse("2020-09-13T12:26:41Z"));
        assertThat(post.edited()).hasValue(Instant.parse("2020-09-13T12:26:49Z"));
        assertThat(post.pinned()).isTrue();
        assertThat(post.reactions()).containsExactly(new Export.Reaction("+1", "bob"));
        assertThat(post.mentions()).isEqualTo(Map.of("@bob", "bob"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'yesterday'", "0", "-1", "1e400", "1.5", "99999999999999999999", "null"})
    void aPostWithoutAUsableTimeHasNone(String at) throws IOException, Export.Unusable {
        Exports.Read export = read(VERSION, CHANNEL, post(7, ",'message':'hello'").replace(":7,", ":" + at + ","));
        assertThat(export.posts().values().stream().flatMap(List::stream)).allSatisfy(post -> assertThat(post.at()).isNull());
        assertThat(export.of("main/town").size() + report.count(Why.BAD_LINE)).isOne();
    }

    @Test
    void directConversationsAreThoseOfTheirPeopleInAnyOrder() throws IOException, Export.Unusable {
        Exports.Read export = read(VERSION, ALICE, BOB, "{'type':'direct_channel','direct_channel':{'members':['bob','alice']}}",
                "{'type':'direct_channel','direct_channel':{'participants':[{'username':'alice'},{'username':'carol'}]}}",
                "{'type':'direct_post','direct_post':{'channel_members':['alice','bob'],'user':'bob','message':'psst','create_at':"
                + "1600000001000}}");
        assertThat(export.conversations()).extracting(Export.Conversation::id).containsExactly("alice,bob", "alice,carol");
        assertThat(export.of("alice,bob")).extracting(Export.Post::author).containsExactly("bob");
    }

    @Test
    void aZipFileHasTheAttachments() throws IOException, Export.Unusable {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("import.jsonl", Exports.bytes(VERSION + "\n" + CHANNEL + "\n" + post(1_600_000_001_000L,
                ",'message':'','attachments':[{'path':'20200913/a.txt'},{'path':'gone.txt'}]") + "\n"));
        entries.put("data/20200913/a.txt", Exports.bytes("content"));
        Exports.Read export = Exports.mattermost(Exports.zip(folder, entries), report);
        assertThat(export.of("main/town").getFirst().files()).containsExactly(
                new Export.Attachment("a.txt", Optional.of("data/20200913/a.txt")), new Export.Attachment("gone.txt", Optional.empty()));
    }

    @Test
    void aZipFileThatLeavesItselfOrGrowsIsNotFollowed() throws IOException, Export.Unusable {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        entries.put("import.jsonl", Exports.bytes(VERSION + "\n" + CHANNEL + "\n" + post(1_600_000_001_000L,
                ",'message':'','attachments':[{'path':'../../etc/passwd'}]") + "\n"));
        entries.put("data/../../etc/passwd", Exports.bytes("content"));
        Exports.Read export = Exports.mattermost(Exports.zip(folder, entries), report);
        assertThat(report.examples(Why.BAD_ENTRY)).containsExactly("data/../../etc/passwd");
        assertThat(export.of("main/town").getFirst().files().getFirst().entry()).isEmpty();

        entries.put("import.jsonl", new byte[Lines.LONGEST * 5]);
        Path bomb = Exports.zip(folder, entries);
        assertThat(Exports.refusal(() -> Exports.mattermost(bomb, report)).orElseThrow()).startsWith("The ZIP file unpacks to more");
    }

    @Test
    void aZipFileWithoutOneListIsRefused() throws IOException {
        Path file = Exports.zip(folder, Map.of("folder/import.jsonl", new byte[1]));
        assertThat(Exports.refusal(() -> Exports.mattermost(file, report))).isPresent();
    }
}
