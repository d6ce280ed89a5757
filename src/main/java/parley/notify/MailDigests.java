package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import parley.feature.Features;
import parley.health.Started;
import parley.metrics.Metrics;
import parley.people.Access;
import parley.protocol.Feature;
import parley.settings.Settings;
import parley.threads.Loop;
import parley.threads.ManagedThreads;

/**
 * Sends mails to people with notifications that they have not read for a time, over the server's mail session. Each instance leases the
 * mails that it sends. If an instance is killed after the mail server took a mail, another one sends it again with the same Message-ID.
 */
@ApplicationScoped
public class MailDigests {

    private static final Logger LOG = Logger.getLogger(MailDigests.class.getName());
    private static final Duration PAUSE = Duration.ofSeconds(5);
    private static final int AT_ONCE = 10;
    private static final int MOST_ATTEMPTS = 5;

    /** The mails of a person, as the person sees it. */
    public record Choice(boolean on, String address) {}

    @Inject
    private Features features;
    @Inject
    private Settings settings;
    @Inject
    private ManagedThreads managed;
    @Inject
    private Metrics metrics;
    @Inject
    private MailRows rows;
    @Inject
    private Access access;

    private Loop loop;

    void start(@Observes Started started) {
        if (features.isAllowed(Feature.NOTIFICATIONS) && !settings.mail().session().isEmpty() && loop == null) {
            count("sent", 0);
            count("failed", 0);
            loop = managed.repeat("mail digests", PAUSE, this::send);
        }
    }

    private boolean isOn() {
        return features.isOn(Feature.NOTIFICATIONS) && !settings.mail().session().isEmpty();
    }

    /** Whether a person gets mails, and where; empty if mails are off or the person has no verified address. Waits for the database. */
    public Optional<Choice> choice(String person) {
        return isOn() ? rows.address(person).map(to -> new Choice(to.wanted(), to.address())) : Optional.empty();
    }

    /** Switches the mails of a person on or off; false if the person has no address. Waits for the database. */
    public boolean want(String person, boolean on) {
        return isOn() && rows.want(person, on);
    }

    /** Switches the mails off whose unsubscribe link has this secret. An unknown one changes nothing. Waits for the database. */
    public void unsubscribe(String secret) {
        rows.unsubscribe(secret);
    }

    /** Adds mails about new notifications, in the running transaction. */
    void add(List<Notification> made, Instant now) {
        if (isOn() && !made.isEmpty()) {
            rows.add(made.stream().map(Notification::person).toList(), now.plus(settings.mail().after()));
        }
    }

    private void send() {
        if (!isOn()) {
            return;
        }
        for (MailRows.Job job : rows.lease(Instant.now(), AT_ONCE)) {
            List<MailRows.Line> unread = rows.unread(job.person(), Digest.MOST_LISTED + 1);
            Optional<MailRows.Address> to = rows.address(job.person()).filter(MailRows.Address::wanted);
            long upTo = unread.isEmpty() ? 0 : unread.getFirst().notification().id();
            Instant next = Instant.now().plus(settings.mail().after());
            if (unread.isEmpty() || to.isEmpty() || access.refusal(job.person()).isPresent()) {
                rows.done(job.person(), to.isEmpty() ? Long.MAX_VALUE : upTo, next);
            } else if (sent(Digest.of(job.person(), to.get(), unread, settings.mail().withText(), settings.mail().link()))) {
                rows.done(job.person(), upTo, next);
            } else if (job.attempts() + 1 < MOST_ATTEMPTS) {
                rows.postpone(job.person(), Instant.now().plus(MailRows.LEASE.multipliedBy(1L << job.attempts())), job.attempts() + 1);
            } else {
                rows.done(job.person(), upTo, next);
            }
        }
    }

    private boolean sent(Digest digest) {
        try {
            MailTransport.send(InitialContext.<Session>doLookup(settings.mail().session()), digest);
            count("sent", 1);
            return true;
        } catch (MessagingException | NamingException failed) {
            // The message of the mail server may contain the address.
            LOG.log(Level.WARNING, "A mail could not be sent: {0}", failed.getClass().getSimpleName());
            count("failed", 1);
            return false;
        }
    }

    private void count(String outcome, int times) {
        metrics.count("parley_mails_total", "Mail digests, by outcome.", "outcome", outcome).add(times);
    }
}
