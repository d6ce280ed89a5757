package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.internet.MimeMessage;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import parley.kit.ChatClient;
import parley.kit.Http;
import parley.kit.Tokens;
import parley.server.TestServer;

/** Mail digests over a mail session that is created as the documentation says, to an SMTP server in this JVM that wants a password. */
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class MailIT {

    private static final String FROM = "parley@example.com";
    private static final GreenMail SMTP = new GreenMail(ServerSetupTest.SMTP.dynamicPort());

    private final String reader = "reader-" + UUID.randomUUID();
    private final String address = reader + "@example.com";
    private final Http requests = Http.withToken(Tokens.withMail(reader, address));

    @BeforeAll
    static void createMailSession() {
        SMTP.start();
        SMTP.setUser(FROM, "secret");
        TestServer.administer(TestServer.mailSessionOf("localhost", SMTP.getSmtp().getPort(), "secret"));
    }

    @AfterAll
    static void removeMailSession() {
        TestServer.administer("delete-javamail-resource mail/parley");
        SMTP.stop();
    }

    @Test
    void whatStaysUnreadComesByMailOnce() throws Exception {
        assertThat(requests.get("/api/me/notifications").status()).as("the first sign-in").isEqualTo(200);
        String room = Http.of("alice").createsPrivateRoom();
        await().until(() -> find("select 1 from mail_address where person = ?"));
        assertThat(Http.of("alice").setsRole(room, reader, "member").status()).isEqualTo(204);
        try (ChatClient alice = ChatClient.of("alice").joins(room)) {
            alice.asks("message.post", Map.of("room", room, "key", "k", "text", "not in the mail", "mentions", List.of(reader))).ok();
            await().until(() -> requests.get("/api/me/notifications").json(200).get("unread").intValue() == 2);
        }
        // The shortest time before a mail is a minute.
        assertThat(find("update mail_job set due_at = 0 where person = ?")).isTrue();

        await().atMost(Duration.ofSeconds(20)).until(() -> SMTP.getReceivedMessages().length > 0);
        MimeMessage mail = SMTP.getReceivedMessages()[0];
        assertThat(mail.getAllRecipients()).extracting(String::valueOf).containsExactly(address);
        assertThat(mail.getFrom()).extracting(String::valueOf).containsExactly(FROM);
        assertThat(mail.getSubject()).isEqualTo("2 unread notifications");
        assertThat(mail.getMessageID()).endsWith("@example.com>");
        assertThat((String) mail.getContent()).contains("Alice mentioned you in").doesNotContain("not in the mail");
        await().until(() -> !find("select 1 from mail_job where person = ?"));
        assertThat(SMTP.getReceivedMessages()).hasSize(1);
    }

    /** Whether the statement about the person finds or changes a row. */
    private boolean find(String sql) throws SQLException {
        try (Connection connection = TestServer.databaseConnection(); PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, reader);
            return statement.execute() ? statement.getResultSet().next() : statement.getUpdateCount() > 0;
        }
    }
}
