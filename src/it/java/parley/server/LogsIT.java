package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.Secrets;
import parley.kit.Tokens;

/**
 * Searches the logs of all integration tests for tokens, tickets and message texts. Runs last
 * (see {@code junit-platform.properties}).
 */
@Order(Integer.MAX_VALUE)
class LogsIT {

    /** Expected: requests with two lengths, which the server's parser rejects; and JournalIT, which makes an insert fail. */
    private static final List<String> EXPECTED = List.of("Can't use both headers Content-Length and Transfer-Encoding",
            "A command could not be stored",
            // JournalIT sets the database back.
            "The log of room ");

    private final String text = "unique-text-" + UUID.randomUUID();
    private final String token = Tokens.of("bob", "Bob");
    private final String ticket = Http.withToken(token).post("/api/tickets", Map.of()).json(200).get("ticket").stringValue();

    @Test
    void logsContainNoSecrets() throws IOException {
        String room = Http.of("alice").createsRoom();
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            alice.posts(text);
        }
        Handshake.anonymous().withQuery("ticket=" + ticket).accepted();
        Handshake.anonymous().withQuery("token=" + token).refused();
        Path logs = TestServer.log().getParent();

        assertThat(logs.resolve("access")).as("access log").isNotEmptyDirectory();
        assertThat(Secrets.foundIn(logs)).as("of %,d secrets, in %s", Secrets.count(), logs).isEmpty();
    }

    /** No unexpected errors, and none of two CDI warnings that would fill the log. */
    @Test
    void logsContainNoUnexpectedErrors() throws IOException {
        List<String> lines = Files.readAllLines(TestServer.log());
        List<String> severe = IntStream.range(0, lines.size() - 1).filter(i -> lines.get(i).contains("] [SEVERE] ["))
                .mapToObj(i -> lines.get(i + 1).strip()).filter(message -> EXPECTED.stream().noneMatch(message::startsWith)).toList();
        assertThat(severe).isEmpty();
        assertThat(lines).filteredOn(line -> line.contains("WELD-0007") || line.contains("WELD-00033")).isEmpty();
    }

    @Test
    void findsSecretsInFiles(@TempDir Path folder) throws IOException {
        try (ChatClient alice = ChatClient.of("alice").joins(Http.of("alice").createsRoom())) {
            alice.posts("I say " + text + ".");
        }
        Files.writeString(folder.resolve("one.log"), "a line\nGET /parley/ws?ticket=" + ticket + " 101\n");
        Files.writeString(folder.resolve("two.log"), "refused: " + token + "\nposted \"" + text + "\"");

        assertThat(Secrets.foundIn(folder)).containsExactlyInAnyOrder("one.log: " + ticket,
                "two.log: " + token.substring(token.lastIndexOf('.') + 1), "two.log: " + text);
    }
}
