package parley.audit;

import java.time.Instant;
import parley.identity.Revocation;

/**
 * An audit event: who did what to whom. A component that is unknown or does not apply is null.
 *
 * @param at the time, to the millisecond
 * @param action a fixed word or two, for programs to compare
 * @param actor the user who did it
 * @param subject the user whom it concerns
 * @param room the room it happened in
 * @param address the address of the request
 * @param detail the arguments; cut at {@value #LONGEST_DETAIL} characters
 * @param times how often it happened; more than 1 only for refused sign-ins, which are counted together
 */
public record AuditEvent(Instant at, String action, String actor, String subject, String room, String address, String detail, int times) {

    static final int LONGEST_DETAIL = 250;

    public AuditEvent {
        detail = detail == null || detail.length() <= LONGEST_DETAIL ? detail : beginning(detail);
    }

    // No half of a character at the end: it is no text.
    private static String beginning(String detail) {
        return detail.substring(0, Character.isHighSurrogate(detail.charAt(LONGEST_DETAIL - 1)) ? LONGEST_DETAIL - 1 : LONGEST_DETAIL);
    }

    /** Tokens are taken back now: a user's, or those of an id. */
    public static AuditEvent revoking(Revocation.Target target, String by, String address) {
        boolean user = target.kind() == Revocation.Kind.USER;
        return new AuditEvent(Instant.now(), "tokens.revoked", by, user ? target.subject() : null, null, address,
                user ? null : target.kind().wire() + "=" + target.subject(), 1);
    }
}
