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
 * One-time tickets. A client that can send neither a header nor a subprotocol exchanges its token for a ticket and opens the socket with
 * it: once, within 30 s, on any instance. Each call waits for the database.
 */
@ApplicationScoped
public class Tickets {

    private static final Duration LIFETIME = Duration.ofSeconds(30);
    private static final Duration LIFETIME_FOR_FILE = Duration.ofSeconds(60);
    private static final int SECRET_BYTES = 24;

    private final SecureRandom random = new SecureRandom();

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Revocations revocations;

    /** A new ticket and when it expires. */
    public record Issued(String ticket, Instant expires) {}

    /** Issues a ticket to this caller, and deletes expired tickets. */
    @Transactional
    public Issued issue(Caller caller) {
        return issue(caller, "", LIFETIME);
    }

    /** Issues a ticket for one file, which can be used as often as one likes for 60 s, and for nothing else. */
    @Transactional
    public Issued issueFor(Caller caller, String file) {
        return issue(caller, file, LIFETIME_FOR_FILE);
    }

    // The hash of a ticket is that of the file and of the ticket, with a line break between them, which neither has. So a ticket for a file
    // can't be redeemed for a handshake, also not if the id of the file is put before it.
    private Issued issue(Caller caller, String file, Duration lifetime) {
        Instant now = Instant.now();
        em.createQuery("delete from Ticket t where t.expires < :now").setParameter("now", now.toEpochMilli()).executeUpdate();
        byte[] secret = new byte[SECRET_BYTES];
        random.nextBytes(secret);
        String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
        Instant expires = now.plus(lifetime);
        em.persist(new Ticket(hash(file, ticket), caller, expires));
        em.flush();
        return new Issued(ticket, expires);
    }

    /** The caller that this ticket was issued to. The ticket can't be used again. */
    @Transactional
    public Authentication redeem(String ticket) {
        String hash = hash("", ticket);
        Ticket found = em.find(Ticket.class, hash);
        // If several requests present the ticket at once, the one whose delete succeeds gets it.
        boolean redeemed = found != null && em.createQuery("delete from Ticket t where t.secretHash = :hash")
                .setParameter("hash", hash).executeUpdate() == 1;
        if (!redeemed) {
            return new Authentication.Denied(SignInRefusal.TICKET, "no such ticket, or already used");
        }
        return validated(found);
    }

    /** The caller that this ticket for a file was issued to. */
    @Transactional
    public Authentication check(String file, String ticket) {
        Ticket found = em.find(Ticket.class, hash(file, ticket));
        return found == null ? new Authentication.Denied(SignInRefusal.TICKET, "no such ticket") : validated(found);
    }

    private Authentication validated(Ticket found) {
        Instant now = Instant.now();
        boolean expired = found.expires().isBefore(now) || found.caller().expires().isBefore(now);
        if (expired || revocations.isRevoked(found.caller())) {
            return expired ? new Authentication.Denied(SignInRefusal.EXPIRED, "the ticket has expired")
                    : new Authentication.Denied(SignInRefusal.REVOKED, "revoked");
        }
        return new Authentication.Granted(found.caller());
    }

    private static String hash(String file, String ticket) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest((file + "\n" + ticket).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException(missing);
        }
    }
}
