package parley.export;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.internet.MimeUtility;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.protocol.AttachedFile;
import parley.protocol.Change;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.protocol.User;

/** The mails of a room and day, as another program reads them. */
class DigestTest {

    private static final Instant AT = Instant.parse("2030-01-05T10:11:12.345Z");
    private static final LocalDate DAY = Digest.day(AT);

    private static byte[] bytes(String title, List<RoomEvent> events, Map<String, String> hashes) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Digest digest = new Digest(out, "room-1", title, DAY);
        for (RoomEvent event : events) {
            digest.add(event, hashes);
        }
        digest.end();
        return out.toByteArray();
    }

    private static List<MimeMessage> mails(byte[] bytes) throws Exception {
        MimeMessage whole = new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(bytes));
        MimeMultipart parts = (MimeMultipart) whole.getContent();
        assertThat(whole.getContentType()).startsWith("multipart/digest");
        List<MimeMessage> mails = new ArrayList<>();
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            assertThat(part.isMimeType("message/rfc822")).isTrue();
            mails.add((MimeMessage) part.getContent());
        }
        return mails;
    }

    private static RoomEvent event(long offset, User by, Change change) {
        return new RoomEvent("room-1", offset, AT, by, change);
    }

    private static RoomEvent post(long offset, User by, String text, long thread) {
        return event(offset, by, new MessageChange.Posted(text, "k" + offset, thread, false, List.of(), false, false));
    }

    private static String text(MimeMessage mail) throws Exception {
        return new String(mail.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\n\r\n--=_", "Bcc: x@y\r\nX: y", "a\u2028b", "=?UTF-8?Q?x?=", "👩‍👩‍👧‍👦 ünï", "a,b;<c>\"d\"(e)", ".", "..",
            "\nFrom x", "ab\r"})
    void whatPeopleWriteIsNeverStructure(String written) throws Exception {
        User odd = new User(written + "id", written + "name");
        List<RoomEvent> events = List.of(post(3, odd, written, 0), post(4, odd, "second", 0));
        byte[] bytes = bytes(written + "title", events, Map.of());
        List<MimeMessage> mails = mails(bytes);
        assertThat(mails).hasSize(2);
        MimeMessage mail = mails.getFirst();
        assertThat(text(mail)).isEqualTo(written);
        assertThat(MimeUtility.decodeText(MimeUtility.unfold(mail.getHeader("X-Parley-User", null)))).isEqualTo(odd.id());
        assertThat(((InternetAddress) mail.getFrom()[0]).getPersonal()).isEqualTo(odd.name());
        assertThat(mail.getFrom()).hasSize(1);
        assertThat(mail.getSubject()).isEqualTo(written + "title #3");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(new String(bytes, StandardCharsets.ISO_8859_1).lines()).allSatisfy(line ->
                assertThat(line).hasSizeLessThanOrEqualTo(998).matches("\\p{ASCII}*"));
    }

    @Test
    void editsDeletionsAndRepliesAreInTheThread() throws Exception {
        List<MimeMessage> mails = mails(bytes("Harbour", List.of(post(3, Story.ALICE, "First", 0), post(4, Story.BOB, "Reply", 3),
                event(5, Story.ALICE, new MessageChange.Edited(3, "Better", List.of(), false)),
                event(6, Story.ALICE, new MessageChange.Deleted(4, 3))), Map.of()));
        assertThat(mails.getFirst().getMessageID()).isEqualTo("<3.room-1@rooms.parley.invalid>");
        assertThat(mails.getFirst().getHeader("In-Reply-To")).isNull();
        for (int i = 1; i < 3; i++) {
            assertThat(mails.get(i).getHeader("In-Reply-To", null)).isEqualTo("<3.room-1@rooms.parley.invalid>");
            assertThat(mails.get(i).getHeader("References", null)).isEqualTo("<3.room-1@rooms.parley.invalid>");
        }
        assertThat(text(mails.get(2))).isEqualTo("Better");
        assertThat(mails.get(2).getHeader("X-Parley-Event", null)).isEqualTo("message.edited 5");
        assertThat(mails.get(3).getHeader("In-Reply-To", null)).isEqualTo("<4.room-1@rooms.parley.invalid>");
        assertThat(mails.get(3).getHeader("X-Parley-Deleted", null)).isEqualTo("yes");
        assertThat(mails.getFirst().getSentDate().toInstant()).isEqualTo(Instant.parse("2030-01-05T10:11:12Z"));
        assertThat(mails.getFirst().getHeader("X-Parley-At", null)).isEqualTo("2030-01-05T10:11:12.345Z");
    }

    @Test
    void filesAreNamedByTheirHashes() throws Exception {
        AttachedFile known = new AttachedFile("f1", "a\r\nb.txt", "text/plain", 3, 0, 0, false);
        AttachedFile gone = new AttachedFile("f2", "c", "text/plain", 4, 0, 0, false);
        RoomEvent event = event(3, Story.ALICE, new MessageChange.Posted("", "k", 0, false, List.of(), false, false,
                List.of(known, gone)));
        MimeMessage mail = mails(bytes("", List.of(event), Map.of("f1", "aabb"))).getFirst();
        String[] files = mail.getHeader("X-Parley-File");
        assertThat(files).hasSize(2);
        assertThat(MimeUtility.decodeText(MimeUtility.unfold(files[0]))).isEqualTo("f1 aabb 3 a\r\nb.txt");
        assertThat(MimeUtility.decodeText(MimeUtility.unfold(files[1]))).isEqualTo("f2 missing 4 c");
        assertThat(mail.getSubject()).isEqualTo("Direct room #3");
    }

    @Test
    void anAddressIsOneWhateverTheId() {
        assertThat(Digest.local("alice_B-1")).isEqualTo("alice_B-1");
        assertThat(Digest.local("a@b.c")).isEqualTo("a=40b=2Ec");
        assertThat(Digest.local("é".repeat(200))).startsWith("sha256=").hasSizeLessThanOrEqualTo(64);
        assertThat(Digest.local("a=40b=2Ec")).isNotEqualTo(Digest.local("a@b.c"));
    }

    @Test
    void theSameEventsAreTheSameBytes() throws Exception {
        List<RoomEvent> events = List.of(post(3, Story.ALICE, "First", 0));
        assertThat(bytes("t", events, Map.of())).isEqualTo(bytes("t", events, Map.of()));
    }
}
