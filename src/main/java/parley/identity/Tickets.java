package parley.identity;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;

/**
 * One-time tickets: a client that can send neither a header nor a subprotocol swaps its token for a ticket and opens
 * the socket with it, within 30 s, once, on any node. They lie in the database, under a hash.
 */
@ApplicationScoped
public class Tickets {

    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final int SECRET_BYTES = 24;

    private final SecureRandom random = new SecureRandom();

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Revocations revocations;

    /** A ticket as the wire gives it. */
    public record Issued(String ticket, Instant expires) {}

    /** A new ticket for this caller. Tickets that nobody used are cleared away on the occasion. */
    @Transactional
    public Issued issue(Caller caller) {
        Instant now = Instant.now();
        em.createQuery("delete from Ticket t where t.expires < :now").setParameter("now", now.toEpochMilli()).executeUpdate();
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant expires = now.plus(LIFETIME);
        em.persist(new Ticket(hash(ticket), caller, expires));
        return new Issued(ticket, expires);
    }

    /** The caller whom this ticket was issued to; it is used up by that. */
    @Transactional
    public Authentication redeem(String ticket) {
        String hash = hash(ticket);
        Ticket found = em.find(Ticket.class, hash);
        // Of several who present it at once, the one whose delete counts has it.
        boolean mine = found != null && em.createQuery("delete from Ticket t where t.secretHash = :hash")
                .setParameter("hash", hash).executeUpdate() == 1;
        if (!mine) {
            return new Authentication.Denied(SignInRefusal.TICKET, "no such ticket, or used already");
        }
        Instant now = Instant.now();
        boolean over = found.expires().isBefore(now) || found.caller().expires().isBefore(now);
        if (over || revocations.hit(found.caller())) {
            return over ? new Authentication.Denied(SignInRefusal.EXPIRED, "the ticket is over") : new Authentication.Denied(SignInRefusal.REVOKED, "revoked");
        }
        return new Authentication.Granted(found.caller());
    }

    private static String hash(String ticket) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(ticket.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
