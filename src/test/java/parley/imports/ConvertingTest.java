package parley.imports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.emoji.EmojiNames;
import parley.journal.PastMessage;
import parley.protocol.AttachedFile;
import parley.protocol.Codec;
import parley.protocol.User;

/** From messages of an export to messages of the log. */
class ConvertingTest {

    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Instant THEN = Instant.parse("2020-01-01T00:00:00Z");
    private static final Export.Conversation GENERAL = new Export.Conversation("C1", Export.Kind.PUBLIC, "general", "", Map.of(), 1);
    private static final Path DATA = Path.of(System.getProperty("basedir", ""), "src/main/webapp/chat/parts/emoji.js");

    private final Report report = new Report();
    private final EmojiNames emoji = new EmojiNames();
    private Converting converting = converting(false);

    @BeforeEach
    void readEmoji() throws IOException {
        try (InputStream data = Files.newInputStream(DATA)) {
            emoji.read(data);
        }
    }

    private Converting converting(boolean keeps) {
        Mapping mapping = new Mapping("old", Map.of("U1", "alice", "U2", "bob"), Map.of("alice", "Alice"), Map.of("U1", "Ali", "U2",
                "Bob B", "U3", "Carol C"), keeps, report);
        return new Converting("old", mapping, emoji, report, NOW);
    }

    /** A message with one thing that is different. */
    private static final class APost {
        private String author = "U1";
        private Instant at = THEN;
        private boolean system;
        private String text = "hello";
        private Optional<Export.Post.Root> answers = Optional.empty();
        private Map<String, String> mentions = Map.of();
        private List<Export.Attachment> files = List.of();
        private Optional<Instant> edited = Optional.empty();
        private List<Export.Reaction> reactions = List.of();

        Export.Post made() {
            return new Export.Post("1.0", author, Optional.empty(), at, system, text, answers, false, mentions, files, edited, reactions,
                    true);
        }
    }

    private List<PastMessage> converted(APost post) {
        return converting.ready(GENERAL, post.made()).map(ready -> converting.messages(ready, List.of())).orElse(List.of());
    }

    private PastMessage only(APost post) {
        List<PastMessage> all = converted(post);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void aSystemMessageIsLeftOut() {
        APost post = new APost();
        post.system = true;
        assertThat(converted(post)).isEmpty();
        assertThat(report.count(Why.SYSTEM_MESSAGE)).isOne();
    }

    @Test
    void aMessageWithoutATimeOrOfTheFutureIsLeftOut() {
        APost post = new APost();
        post.at = NOW.plusSeconds(301);
        assertThat(converted(post)).isEmpty();
        post.at = null;
        assertThat(converted(post)).isEmpty();
        assertThat(report.count(Why.BAD_TIME)).isEqualTo(2);
        post.at = NOW.plusSeconds(299);
        assertThat(only(post).at()).isEqualTo(post.at);
    }

    @Test
    void anAuthorWhoIsNotMappedIsLeftOutOrKept() {
        APost post = new APost();
        post.author = "U3";
        assertThat(converted(post)).isEmpty();
        assertThat(report.examples(Why.UNMAPPED_AUTHOR)).containsExactly("U3");
        converting = converting(true);
        assertThat(only(post).by()).isEqualTo(new User("import:old:U3", "Carol C"));
    }

    @Test
    void anEmptyMessageIsLeftOut() {
        APost post = new APost();
        post.text = " \u200b\n\u0000";
        assertThat(converted(post)).isEmpty();
        assertThat(report.count(Why.EMPTY_MESSAGE)).isOne();
    }

    @Test
    void aNameHereComesBeforeANameThere() {
        APost post = new APost();
        assertThat(only(post).by()).isEqualTo(new User("alice", "Alice"));
        post.author = "U2";
        assertThat(only(post).by()).isEqualTo(new User("bob", "Bob B"));
    }

    @Test
    void aMessageKeepsItsTimeEditAndPin() {
        APost post = new APost();
        post.edited = Optional.of(THEN.plusSeconds(60));
        PastMessage message = only(post);
        assertThat(message.at()).isEqualTo(THEN);
        assertThat(message.edited()).hasValue(THEN.plusSeconds(60));
        assertThat(message.pinnedBy()).hasValue(new User("alice", "Alice"));
        post.edited = Optional.of(THEN.minusSeconds(1));
        assertThat(only(post).edited()).isEmpty();
    }

    @Test
    void mentionsHaveTheNamesOrIdsHere() {
        APost post = new APost();
        post.text = "@U1 and @U2 and @U3 :tada: :no_such: `:tada`";
        post.mentions = Map.of("@U1", "U1", "@U2", "U2", "@U3", "U3");
        PastMessage message = only(post);
        assertThat(message.text()).startsWith("@Alice and @bob and @U3");
        assertThat(message.mentions()).containsExactlyInAnyOrder("alice", "bob");
    }

    @ParameterizedTest
    @CsvSource({"tada,🎉", "+1,👍", "thumbsup,👍", "heart,❤️", "+1::skin-tone-2,👍🏻", "wave_medium_skin_tone,👋🏽"})
    void namesOfEmojiBecomeEmoji(String name, String expected) {
        assertThat(emoji.of(name)).hasValue(expected);
        assertThat(emoji.in("a :" + name + ": b")).isEqualTo("a " + expected + " b");
    }

    @Test
    void reactionsThatCanNotBeAreReported() {
        APost post = new APost();
        List<Export.Reaction> reactions = new ArrayList<>(List.of(new Export.Reaction("tada", "U1"), new Export.Reaction("tada", "U1"),
                new Export.Reaction("party-parrot", "U1"), new Export.Reaction("tada", "U3"), new Export.Reaction("heart", "U2")));
        List.of("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "a", "b", "o", "ok", "cool", "free", "new", "up",
                "cat", "dog", "fox").forEach(name -> reactions.add(new Export.Reaction(name, "U2")));
        post.reactions = reactions;
        assertThat(only(post).reactions()).hasSize(20).startsWith(new PastMessage.Reaction(new User("alice", "Alice"), "🎉"));
        assertThat(report.examples(Why.UNKNOWN_EMOJI)).containsExactly("party-parrot");
        assertThat(report.count(Why.REACTION)).isEqualTo(3);
    }

    @Test
    void aLongMessageBecomesSeveral() {
        APost post = new APost();
        post.text = ("word ".repeat(799) + "last\n").repeat(2) + "𝒳".repeat(Codec.LONGEST_TEXT + 1);
        post.reactions = List.of(new Export.Reaction("tada", "U1"));
        List<PastMessage> messages = converted(post);
        assertThat(messages).allSatisfy(message ->
                assertThat(message.text().codePointCount(0, message.text().length())).isLessThanOrEqualTo(Codec.LONGEST_TEXT));
        assertThat(String.join("", messages.stream().map(PastMessage::text).toList())).isEqualTo(post.text);
        assertThat(messages).extracting(PastMessage::key).doesNotHaveDuplicates();
        assertThat(messages).extracting(message -> message.reactions().size()).startsWith(1, 0).doesNotContain(2);
        assertThat(report.count(Why.LONG_MESSAGE)).isOne();
    }

    @Test
    void aReplyNamesTheFirstMessageOfItsThread() {
        String root = only(new APost()).key();
        APost reply = new APost();
        reply.answers = Optional.of(new Export.Post.Root("1.0", "U1"));
        assertThat(only(reply).answers()).hasValue(new PastMessage.Root("alice", root));
        reply.answers = Optional.of(new Export.Post.Root("1.0", ""));
        assertThat(only(reply).answers()).hasValue(new PastMessage.Root("alice", root));
        reply.answers = Optional.of(new Export.Post.Root("2.0", ""));
        assertThat(only(reply).answers()).isEmpty();
        reply.answers = Optional.of(new Export.Post.Root("1.0", "U3"));
        assertThat(only(reply).answers()).isEmpty();
        assertThat(report.count(Why.LOST_THREAD)).isEqualTo(2);
    }

    @Test
    void theKeyIsThatOfTheSourceAndTheConversation() {
        String key = only(new APost()).key();
        assertThat(only(new APost()).key()).isEqualTo(key);
        Export.Conversation other = new Export.Conversation("C2", Export.Kind.PUBLIC, "other", "", Map.of(), 1);
        assertThat(converting.ready(other, new APost().made()).orElseThrow().key()).isNotEqualTo(key);
        assertThat(Texts.hash("a", "bc")).isNotEqualTo(Texts.hash("ab", "c"));
    }

    @Test
    void filesThatAreOnlyLinksAreReported() {
        APost post = new APost();
        post.text = "";
        post.files = List.of(new Export.Attachment("plan.txt", Optional.empty()));
        assertThat(converted(post)).isEmpty();
        assertThat(report.count(Why.FILE_NOT_INCLUDED)).isOne();
        post.files = List.of(new Export.Attachment("plan.txt", Optional.of("entry")));
        Converting.Ready ready = converting.ready(GENERAL, post.made()).orElseThrow();
        assertThat(ready.hasFiles()).isTrue();
        AttachedFile file = new AttachedFile("id", "plan.txt", "text/plain", 1, 0, 0, false);
        assertThat(converting.messages(ready, List.of(file))).extracting(PastMessage::files).containsExactly(List.of(file));
        assertThat(converting.messages(ready, List.of())).as("the file was refused").isEmpty();
    }
}
