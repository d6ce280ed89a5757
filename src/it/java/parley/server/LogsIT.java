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
 * The logs that all integration tests left behind, searched when the others are over ({@code junit-platform.properties} has this class
 * run last): no token, no ticket, nothing that anyone said.
 */
@Order(Integer.MAX_VALUE)
class LogsIT {

    /** By requests with two lengths, as the server's own parser refuses them; by JournalIT, which lets a row be too long for its column. */
    private static final List<String> CAUSED = List.of("Can't use both headers Content-Length and Transfer-Encoding",
            "A command could not be stored");

    private final String said = "nobody-else-" + UUID.randomUUID();
    private final String token = Tokens.of("bob", "Bob");
    private final String ticket = Http.bearing(token).post("/api/tickets", Map.of()).json(200).get("ticket").stringValue();

    @Test
    void nobodysSecretsAreInThem() throws IOException {
        String room = Http.of("alice").makesRoom();
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            alice.posts(said);
        }
        Handshake.ofNobody().withQuery("ticket=" + ticket).taken();
        Handshake.ofNobody().withQuery("token=" + token).refused();
        Path logs = TestServer.log().getParent();

        assertThat(logs.resolve("access")).as("what was asked for is logged").isNotEmptyDirectory();
        assertThat(Secrets.foundIn(logs)).as("of %,d secrets, in %s", Secrets.count(), logs).isEmpty();
    }

    /** Neither a defect nor a warning of the server's CDI, which would fill the log. */
    @Test
    void nothingSevereIsInThemThatNoTestCaused() throws IOException {
        List<String> lines = Files.readAllLines(TestServer.log());
        List<String> severe = IntStream.range(0, lines.size() - 1).filter(i -> lines.get(i).contains("] [SEVERE] ["))
                .mapToObj(i -> lines.get(i + 1).strip()).filter(message -> CAUSED.stream().noneMatch(message::startsWith)).toList();
        assertThat(severe).isEmpty();
        assertThat(lines).filteredOn(line -> line.contains("WELD-0007") || line.contains("WELD-00033")).isEmpty();
    }

    @Test
    void aSecretInAFileIsFound(@TempDir Path folder) throws IOException {
        try (ChatClient alice = ChatClient.of("alice").joins(Http.of("alice").makesRoom())) {
            alice.posts("I say " + said + ".");
        }
        Files.writeString(folder.resolve("one.log"), "a line\nGET /parley/ws?ticket=" + ticket + " 101\n");
        Files.writeString(folder.resolve("two.log"), "refused: " + token + "\nposted \"" + said + "\"");

        assertThat(Secrets.foundIn(folder)).containsExactlyInAnyOrder("one.log: " + ticket,
                "two.log: " + token.substring(token.lastIndexOf('.') + 1), "two.log: " + said);
    }
}
