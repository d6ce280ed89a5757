package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetupTest;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.time.Instant;
import java.util.List;
import java.util.Properties;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import parley.protocol.User;
import parley.protocol.Why;

/** Mails about unread notifications, and sending them to a real SMTP server in this JVM. */
class DigestTest {

    private static final String LINK = "https://chat.example.com/parley/";
    private static final MailRows.Address TO = new MailRows.Address("bob@example.com", true, "secret");

    private static MailRows.Line line(long id, Why why, String room, String text) {
        return new MailRows.Line(new Notification(id, "bob", "r", id, why, new User("alice", "Alice"),
                Instant.parse("2030-01-31T12:00:00Z"), false, text), room);
    }

    private static List<MailRows.Line> lines(int count) {
        return LongStream.rangeClosed(1, count).mapToObj(i -> line(count + 1 - i, Why.MENTION, "Release", "text")).toList();
    }

    @Test
    void aMailHasNoTextUnlessASettingSaysSo() {
        List<MailRows.Line> lines = List.of(line(3, Why.DIRECT, "", "secret\nplan"), line(2, Why.INVITED, "Release", ""));
        assertThat(Digest.of("bob", TO, lines, false, "").text()).isEqualTo("""
                2 notifications are unread:

                - Alice sent you a message, 31 Jan 2030, 12:00 UTC
                - Alice invited you to Release, 31 Jan 2030, 12:00 UTC
                """);
        assertThat(Digest.of("bob", TO, lines, true, "").text()).contains("12:00 UTC\n  secret\n  plan\n- Alice invited");
    }

    @Test
    void aMailSaysWhyAndHowMany() {
        Digest one = Digest.of("bob", TO, List.of(line(1, Why.REPLY, "Release", "")), false, LINK);
        assertThat(one.subject()).isEqualTo("1 unread notification");
        assertThat(one.text()).startsWith("1 notification is unread:").contains("Alice replied in your thread in Release")
                .endsWith("Open the chat: " + LINK + "\n");
        assertThat(Digest.of("bob", TO, List.of(line(1, Why.KEYWORD, "Release", "")), false, "").text())
                .contains("Alice used one of your keywords in Release").doesNotContain("http");
    }

    @Test
    void aMailListsABoundedNumber() {
        assertThat(Digest.of("bob", TO, lines(Digest.MOST_LISTED), false, "").subject()).isEqualTo("50 unread notifications");
        Digest more = Digest.of("bob", TO, lines(Digest.MOST_LISTED + 1), false, "");
        assertThat(more.subject()).isEqualTo("More than 50 unread notifications");
        assertThat(more.text().lines().filter(line -> line.startsWith("- "))).hasSize(Digest.MOST_LISTED + 1).endsWith("- and more");
    }

    @Test
    void aRepetitionHasTheSameId() {
        String id = Digest.of("bob", TO, lines(3), false, "").id();
        assertThat(Digest.of("bob", TO, lines(3).subList(0, 2), false, LINK).id()).isEqualTo(id);
        assertThat(List.of(Digest.of("bob", TO, lines(4), false, "").id(), Digest.of("carol", TO, lines(3), false, "").id()))
                .doesNotContain(id);
    }

    @Test
    void anSmtpServerReceivesIt() throws Exception {
        GreenMail server = new GreenMail(ServerSetupTest.SMTP.dynamicPort());
        server.start();
        try {
            Properties properties = new Properties();
            properties.put("mail.smtp.host", "127.0.0.1");
            properties.put("mail.smtp.port", String.valueOf(server.getSmtp().getPort()));
            properties.put("mail.from", "chat@parley.example");
            Digest digest = Digest.of("bob", TO, List.of(line(7, Why.MENTION, "Größe 🙂", "")), false, LINK);
            MailTransport.send(Session.getInstance(properties), digest);

            MimeMessage received = server.getReceivedMessages()[0];
            assertThat(received.getMessageID()).isEqualTo("<" + digest.id() + "@parley.example>");
            assertThat(received.getAllRecipients()).extracting(String::valueOf).containsExactly("bob@example.com");
            assertThat(received.getFrom()).extracting(String::valueOf).containsExactly("chat@parley.example");
            assertThat(received.getSubject()).isEqualTo("1 unread notification");
            assertThat(((String) received.getContent()).replace("\r\n", "\n")).isEqualTo(digest.text().stripTrailing());
            assertThat(received.getHeader("List-Unsubscribe")).containsExactly("<" + LINK + "api/mail/unsubscribe?key=secret>");
            assertThat(received.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
            assertThat(received.getHeader("Auto-Submitted")).containsExactly("auto-generated");
            assertThat(received.getSentDate()).isNotNull();
        } finally {
            server.stop();
        }
    }
}
