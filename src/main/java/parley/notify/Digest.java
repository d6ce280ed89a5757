package parley.notify;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * A mail with everything that a person has not read, in plain English text. Pure.
 *
 * @param id the Message-ID: the same for a repetition
 * @param unsubscribe the URL of the unsubscribe button; empty for none
 */
record Digest(String id, String to, String subject, String text, String unsubscribe) {

    /** The most notifications that a mail lists. */
    static final int MOST_LISTED = 50;

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("d MMM uuuu, HH:mm 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    /**
     * The mail about these notifications.
     *
     * @param lines newest first; the first {@value #MOST_LISTED} are listed
     * @param link the URL of Parley, with a slash at its end; empty for none
     */
    static Digest of(String person, MailRows.Address to, List<MailRows.Line> lines, boolean withText, String link) {
        boolean one = lines.size() == 1;
        boolean more = lines.size() > MOST_LISTED;
        String count = more ? "More than " + MOST_LISTED : String.valueOf(lines.size());
        StringBuilder text = new StringBuilder(count).append(one ? " notification is" : " notifications are").append(" unread:\n\n");
        lines.stream().limit(MOST_LISTED).forEach(line -> text.append(line(line, withText)));
        if (more) {
            text.append("- and more\n");
        }
        if (!link.isEmpty()) {
            text.append("\nOpen the chat: ").append(link).append('\n');
        }
        return new Digest("digest." + hash(person + "\n" + lines.getFirst().notification().id()), to.address(),
                count + (one ? " unread notification" : " unread notifications"), text.toString(),
                link.isEmpty() ? "" : link + "api/mail/unsubscribe?key=" + to.unsubscribe());
    }

    private static String line(MailRows.Line line, boolean withText) {
        Notification notification = line.notification();
        String name = notification.by().name();
        String room = line.room().isEmpty() ? "a direct room" : line.room();
        String what = switch (notification.why()) {
            case MENTION -> name + " mentioned you in " + room;
            case REPLY -> name + " replied in your thread in " + room;
            case DIRECT -> name + " sent you a message";
            case KEYWORD -> name + " used one of your keywords in " + room;
            case INVITED -> name + " invited you to " + room;
            case CALL -> name + " started a call in " + room;
            case REMINDER -> "You asked to be reminded, in " + room;
            case UNSENT -> "Your scheduled message to " + room + " was not sent";
            case EXPORT -> "Your export is ready";
        };
        String said = withText && !notification.text().isEmpty() ? "  " + notification.text().replaceAll("\\R", "\n  ") + "\n" : "";
        return "- " + what + ", " + TIME.format(notification.at()) + "\n" + said;
    }

    private static String hash(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)), 0, 16);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java runtime has SHA-256", missing);
        }
    }
}
