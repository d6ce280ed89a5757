package parley.export;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import parley.protocol.AttachedFile;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.protocol.Sha256;
import parley.protocol.User;
import parley.protocol.WireTime;

/**
 * The mails of one room and day: a {@code multipart/digest} (RFC 2046) with one RFC 5322 message for each post, edit and deletion. What
 * people wrote is in Base64 only, in bodies and in encoded words (RFC 2047), so that it can't be a header, a line or a boundary.
 */
final class Digest {

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, dd MMM uuuu HH:mm:ss '+0000'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);
    private static final Base64.Encoder BODY = Base64.getMimeEncoder(76, new byte[] {'\r', '\n'});
    private static final String ROOMS = "@rooms.parley.invalid>";
    /** Bytes of an encoded word, so that it has at most 75 characters. */
    private static final int WORD = 45;
    private static final int LONGEST_LOCAL = 64;
    private static final int LONGEST_SUBJECT = 60;

    private final OutputStream out;
    private final String room;
    private final String title;
    private final String boundary;

    /** @param title of the room, for people */
    Digest(OutputStream out, String room, String title, LocalDate day) throws IOException {
        this.out = out;
        this.room = room;
        this.title = title.isEmpty() ? "Direct room" : title;
        boundary = "=_" + Sha256.hex(room + "/" + day);
        write("From: <export@parley.invalid>\r\nTo: <" + room + ROOMS + "\r\nDate: "
                + DATE.format(day.atStartOfDay(ZoneOffset.UTC).toInstant()) + "\r\nMessage-ID: <" + day + "." + room + ROOMS
                + "\r\nSubject: " + words(this.title + " " + day) + "\r\nMIME-Version: 1.0\r\n"
                + "Content-Type: multipart/digest;\r\n boundary=\"" + boundary + "\"\r\n\r\n");
    }

    /** Whether an event has a mail. */
    static boolean has(RoomEvent event) {
        return event.change() instanceof MessageChange.Posted || event.change() instanceof MessageChange.Edited
                || event.change() instanceof MessageChange.Deleted;
    }

    /**
     * Adds the mail of an event that {@link #has} one.
     *
     * @param hashes SHA-256 of files by id, as far as they are known
     */
    void add(RoomEvent event, Map<String, String> hashes) throws IOException {
        switch (event.change()) {
            case MessageChange.Posted posted -> mail(event, posted.thread(), posted.text(), posted.deleted(), posted.files(), hashes);
            case MessageChange.Edited edited -> mail(event, edited.message(), edited.text(), edited.deleted(), edited.files(), hashes);
            case MessageChange.Deleted deleted -> mail(event, deleted.message(), "", true, List.of(), hashes);
            default -> { }
        }
    }

    private void mail(RoomEvent event, long answered, String text, boolean deleted, List<AttachedFile> files, Map<String, String> hashes)
            throws IOException {
        StringBuilder mail = new StringBuilder(512 + text.length() * 2);
        // Some programs do not know that the parts of a digest are messages.
        mail.append("--").append(boundary).append("\r\nContent-Type: message/rfc822\r\n\r\n");
        mail.append("From: ").append(sender(event.by())).append("\r\nTo: <").append(room).append(ROOMS);
        mail.append("\r\nDate: ").append(DATE.format(event.at())).append("\r\nMessage-ID: ").append(id(event.offset()));
        if (answered > 0) {
            mail.append("\r\nIn-Reply-To: ").append(id(answered)).append("\r\nReferences: ").append(id(answered));
        }
        mail.append("\r\nSubject: ").append(words(shortened(title) + " #" + event.offset()));
        mail.append("\r\nX-Parley-Event: ").append(event.change().type()).append(' ').append(event.offset());
        mail.append("\r\nX-Parley-At: ").append(WireTime.text(event.at()));
        mail.append("\r\nX-Parley-User: ").append(words(event.by().id()));
        if (deleted) {
            mail.append("\r\nX-Parley-Deleted: yes");
        }
        for (AttachedFile file : files) {
            mail.append("\r\nX-Parley-File: ").append(file.id()).append(' ')
                    .append(Optional.ofNullable(hashes.get(file.id())).orElse("missing")).append(' ').append(file.size())
                    .append("\r\n ").append(words(file.name()));
        }
        mail.append("\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n");
        mail.append(BODY.encodeToString(text.getBytes(StandardCharsets.UTF_8))).append("\r\n");
        write(mail.toString());
    }

    /** Writes the end. The stream stays open. */
    void end() throws IOException {
        write("--" + boundary + "--\r\n");
    }

    private String id(long offset) {
        return "<" + offset + "." + room + ROOMS;
    }

    private static String shortened(String text) {
        return text.codePointCount(0, text.length()) <= LONGEST_SUBJECT ? text
                : text.substring(0, text.offsetByCodePoints(0, LONGEST_SUBJECT)) + "…";
    }

    private static String sender(User user) {
        return (user.name().isEmpty() ? "" : words(user.name()) + "\r\n ") + "<" + local(user.id()) + "@people.parley.invalid>";
    }

    /** A user id as the local part of an address: letters, digits, - and _ as they are, other bytes as = and two digits. */
    static String local(String id) {
        StringBuilder local = new StringBuilder();
        for (byte b : id.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
            local.append(plain ? String.valueOf(c) : "=" + HexFormat.of().withUpperCase().toHexDigits(b));
        }
        return local.length() <= LONGEST_LOCAL ? local.toString() : "sha256=" + Sha256.hex(id).substring(0, 48);
    }

    /** A text as encoded words, folded. */
    static String words(String text) {
        StringBuilder words = new StringBuilder();
        int from = 0;
        while (from < text.length()) {
            int to = from;
            int bytes = 0;
            while (to < text.length()) {
                int point = text.codePointAt(to);
                int size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
                if (bytes + size > WORD) {
                    break;
                }
                bytes += size;
                to += Character.charCount(point);
            }
            words.append(words.isEmpty() ? "" : "\r\n ").append("=?UTF-8?B?")
                    .append(Base64.getEncoder().encodeToString(text.substring(from, to).getBytes(StandardCharsets.UTF_8))).append("?=");
            from = to;
        }
        return words.toString();
    }

    private void write(String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The day of a time, in UTC. */
    static LocalDate day(Instant at) {
        return LocalDate.ofInstant(at, ZoneOffset.UTC);
    }
}
