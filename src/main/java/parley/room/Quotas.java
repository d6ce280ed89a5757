package parley.room;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.util.Optional;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomKind;
import parley.settings.Settings;

/**
 * How many rooms a user owns and is in, whether it may be one more, and how long a room may keep messages. Asked by the journal in its
 * transaction, so each counts what that holds already; the bounds themselves keep a count short.
 */
@ApplicationScoped
public class Quotas {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Settings settings;

    /** Whether the quota lets this user own another room. */
    public boolean mayOwnAnother(String user) {
        return !settings.limits().on() || owned(user) < settings.limits().user().rooms();
    }

    /** Whether the quota lets this user join another room. */
    public boolean mayJoinAnother(String user) {
        return !settings.limits().on() || memberships(user) < settings.limits().user().memberships();
    }

    /** Whether the quota lets this user open another direct room: they are counted apart, since others open them too. */
    public boolean mayOpenAnotherDirectRoom(String user) {
        return !settings.limits().on() || memberships(user, true) < settings.limits().user().memberships();
    }

    /** Refuses a retention that the installation doesn't allow. */
    public Optional<Problem> keeping(Retention retention) {
        return RetentionLimits.of(settings.retention().kept()).refusing(retention);
    }

    /** How many rooms this user owns. */
    public long owned(String user) {
        return em.createQuery("select count(m.room) from Membership m where m.user = :user and m.role = :owner", Long.class)
                .setParameter("user", user).setParameter("owner", Role.OWNER.wire()).getSingleResult();
    }

    /** How many rooms this user is in, without direct rooms. */
    public long memberships(String user) {
        return memberships(user, false);
    }

    private long memberships(String user, boolean direct) {
        return em.createQuery("select count(m.room) from Membership m join Room r on r.id = m.room where m.user = :user and r.kind "
                        + (direct ? "=" : "<>") + " :direct", Long.class)
                .setParameter("user", user).setParameter("direct", RoomKind.DIRECT.wire()).getSingleResult();
    }
}
