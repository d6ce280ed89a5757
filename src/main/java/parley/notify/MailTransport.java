package parley.notify;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Transport;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Sends digests over a mail session. Blocks as long as the timeouts of the session allow. */
final class MailTransport {

    /** A message that keeps the id that it was given. */
    private static final class Mail extends MimeMessage {

        private final String id;

        Mail(Session session, String id) {
            super(session);
            this.id = id;
        }

        @Override
        protected void updateMessageID() throws MessagingException {
            setHeader("Message-ID", id);
        }
    }

    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM uuuu HH:mm:ss Z", Locale.ENGLISH);

    private MailTransport() {
    }

    /** Sends this mail. */
    static void send(Session session, Digest digest) throws MessagingException {
        InternetAddress from = InternetAddress.getLocalAddress(session);
        String host = from == null ? "localhost" : from.getAddress().substring(from.getAddress().indexOf('@') + 1);
        Mail mail = new Mail(session, "<" + digest.id() + "@" + host + ">");
        mail.setFrom(from);
        mail.setRecipient(Message.RecipientType.TO, new InternetAddress(digest.to(), true));
        mail.setSubject(digest.subject(), "UTF-8");
        mail.setHeader("Date", DATE.format(ZonedDateTime.now(ZoneOffset.UTC)));
        mail.setText(digest.text(), "UTF-8");
        // RFC 3834: no automatic reply should answer it.
        mail.setHeader("Auto-Submitted", "auto-generated");
        if (!digest.unsubscribe().isEmpty()) {
            // RFC 2369 and RFC 8058: the mail program posts to it.
            mail.setHeader("List-Unsubscribe", "<" + digest.unsubscribe() + ">");
            mail.setHeader("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        Transport.send(mail);
    }
}
