package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import parley.feature.Features;
import parley.protocol.Feature;
import parley.protocol.User;
import parley.protocol.Why;

/**
 * Notifications that a person caused, such as reminders. They are always in the list, and mails tell of them. They are not pushed to people
 * who are busy or have quiet hours.
 */
@ApplicationScoped
public class OwnNotifications {

    /**
     * What a person is told.
     *
     * @param about the offset of a message of the room, 0 for none
     * @param text what it says, shortened if it is long
     */
    public record Own(User person, String room, long about, Why why, String text) {}

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Features features;
    @Inject
    private Attentions attentions;
    @Inject
    private PushRows pushes;
    @Inject
    private MailDigests mails;
    @Inject
    private Announcing announcing;

    /** Whether there are notifications now. */
    public boolean areOn() {
        return features.isOn(Feature.NOTIFICATIONS);
    }

    /** Stores notifications in the running transaction, and returns what to announce after its commit. None if the feature is off. */
    @Transactional(Transactional.TxType.MANDATORY)
    public List<Notification> add(List<Own> told, Instant now) {
        if (told.isEmpty() || !areOn()) {
            return List.of();
        }
        long first = NotificationRows.reserve(em, told.size());
        List<Notification> made = new ArrayList<>();
        for (Own own : told) {
            made.add(new Notification(first + made.size(), own.person.id(), own.room, own.about, own.why, own.person, now, false,
                    Notification.shortened(own.text)));
        }
        NotificationRows.insert(em, made);
        Map<Attentions.Place, Attention> chosen = attentions.of(made.stream().map(OwnNotifications::place).distinct().toList(), List.of());
        pushes.show(made.stream().filter(each -> isPushed(chosen.getOrDefault(place(each), Attention.USUAL), now)).toList(), now);
        mails.add(made, now);
        return made;
    }

    private static Attentions.Place place(Notification of) {
        return new Attentions.Place(of.room(), of.person());
    }

    private static boolean isPushed(Attention attention, Instant now) {
        return !attention.busy() && attention.quiet().filter(quiet -> quiet.contain(now)).isEmpty();
    }

    /** Tells open pages of what was committed. */
    public void announce(List<Notification> made) {
        announcing.announce(made, List.of());
    }
}
