package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
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

    /** Neither a defect nor a warning of the server's CDI, which would fill the log: the tests that cause others end before this server starts. */
    @Test
    void nothingSevereIsInThem() throws IOException {
        try (Stream<String> lines = Files.lines(TestServer.log())) {
            assertThat(lines.filter(line -> line.contains("[SEVERE]") || line.contains("WELD-0007") || line.contains("WELD-00033"))).isEmpty();
        }
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
