package parley.audit;

import java.time.Instant;
import parley.identity.Revocation;

/**
 * What somebody did. What is not known, or does not apply, is null.
 *
 * @param at when; milliseconds count
 * @param action what, in a word or two that programs can compare
 * @param actor the user who did it
 * @param subject the user to whom it was done
 * @param room the room in which
 * @param address the address that it came from
 * @param detail with what; of more than {@value #LONGEST_DETAIL} characters the first
 * @param times how often, 1 but for what is counted together
 */
public record AuditEvent(Instant at, String action, String actor, String subject, String room, String address, String detail, int times) {

    static final int LONGEST_DETAIL = 250;

    public AuditEvent {
        detail = detail == null || detail.length() <= LONGEST_DETAIL ? detail : detail.substring(0, LONGEST_DETAIL);
    }

    /** Tokens are taken back now: a user's, or those of an id. */
    public static AuditEvent revoking(Revocation.Target target, String by, String address) {
        boolean user = target.kind() == Revocation.Kind.USER;
        return new AuditEvent(Instant.now(), "tokens.revoked", by, user ? target.subject() : null, null, address,
                user ? null : target.kind().wire() + "=" + target.subject(), 1);
    }
}
