package parley.hook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.logging.Logger;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.feature.Features;
import parley.identity.Actor;
import parley.identity.Service;
import parley.journal.Journal;
import parley.journal.Receipt;
import parley.message.PostMessage;
import parley.outlet.Consumer;
import parley.outlet.Outlet;
import parley.outlet.Outlets;
import parley.people.People;
import parley.protocol.User;
import parley.room.OpenDirectRoom;
import parley.threads.Unattended;

/**
 * Tells the one who added a webhook that it was disabled: by a direct message of a service, which notifies like any other message. The
 * audit has it too.
 */
@ApplicationScoped
class HookNotices {

    static final String DISABLED = "hook.disabled";

    private static final Logger LOG = Logger.getLogger(HookNotices.class.getName());
    private static final Actor SERVICE = new Service("webhooks", "Webhooks").actor();

    @Inject
    private Outlets outlets;
    @Inject
    private WebhookRows rows;
    @Inject
    private AuditLog audit;
    @Inject
    private Features features;
    @Inject
    private People people;
    @Inject
    private Journal journal;

    /** Waits for the database, but not for the message. */
    void disabled(Consumer consumer, String why) {
        audit.write(List.of(new AuditEvent(Instant.now(), DISABLED, null, null, consumer.room(), null,
                "hook=" + consumer.id() + " why=" + why, 1)));
        Optional<User> owner = outlets.one(consumer.room(), consumer.id()).map(Outlet::by).flatMap(people::user);
        Optional<String> url = Optional.ofNullable(rows.urls(List.of(consumer.id())).get(consumer.id()));
        if (owner.isPresent() && url.isPresent() && features.openingDirectRoom().isEmpty()) {
            tell(owner.get(), "The webhook of the room `" + consumer.room() + "` to `" + host(url.get()) + "` was disabled, because it "
                    + "failed for too long. The last status was `" + why + "`. Enable it again when its receiver works: the events wait.");
        }
    }

    private void tell(User person, String text) {
        OpenDirectRoom opening = new OpenDirectRoom(SERVICE, List.of(SERVICE.user(), person));
        Unattended.log(journal.submit(opening).thenCompose(opened -> journal.submit(new PostMessage(opening.room(), SERVICE,
                UUID.randomUUID().toString(), text, 0, false, List.of(), false))).thenAccept(HookNotices::logRefusal), LOG,
                "The owner of a webhook could not be told that it was disabled");
    }

    private static void logRefusal(Receipt receipt) {
        if (receipt instanceof Receipt.Refused refused) {
            LOG.warning("The owner of a webhook could not be told that it was disabled: " + refused.problem().message());
        }
    }

    // A path or query may hold a secret of the receiver.
    private static String host(String url) {
        return url.replaceFirst("^[a-z]+://([^/?#]*).*$", "$1");
    }
}
