package parley.hook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.health.Availability;
import parley.identity.Actor;
import parley.identity.Service;
import parley.limits.Limits;
import parley.message.PostMessage;
import parley.protocol.Problem;
import parley.protocol.Sha256;
import parley.settings.Settings;
import parley.sql.Statements;

/** The incoming hooks of rooms: managing them, and reading what arrives. Rights are the caller's business. Calls wait for the database. */
@ApplicationScoped
public class IncomingHooks {

    /** How far the time of a signed request may be from ours. */
    static final Duration TOLERANCE = Duration.ofMinutes(5);

    private static final int TOKEN_BYTES = 32;
    private static final int LONGEST_KEY = 64;
    private static final String SELECT = "select h.id, h.room, h.name, h.created_by, h.created_at, h.secret from incoming_hook h";
    // Locked, so that two requests at once don't add more hooks than a room may have.
    private static final String LOCK = "select id from room where id = ? for update";

    private final SecureRandom random = new SecureRandom();

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Settings settings;
    @Inject
    private Availability availability;
    @Inject
    private Limits limits;
    @Inject
    private AuditLog audit;

    /**
     * An incoming hook.
     *
     * @param by the user id of the one who added it
     * @param signed whether requests have to be signed
     */
    public record IncomingHook(String id, String room, String name, String by, Instant created, boolean signed) {

        /** The service that posts, as the one who asks for a change. */
        public Actor actor() {
            return service().actor();
        }

        private Service service() {
            return new Service("hook-" + id, name);
        }
    }

    /** A new hook with its token and secret, which are shown only now. */
    public record Added(IncomingHook hook, String token, Optional<String> secret) {}

    /** A request to post. Absent headers are empty. */
    public record Incoming(String token, String type, String body, String id, String timestamp, String signature) {

        @Override
        public String toString() {
            return "a request to an incoming hook";
        }
    }

    /** What follows from a request. */
    public sealed interface Read {

        /** This message is to be posted. */
        record Post(PostMessage message) implements Read {}

        /** It is refused. */
        record Refused(Problem problem) implements Read {}
    }

    /** Adds a hook; empty if the room has as many as it may. Its service has to be made a member of the room. */
    @Transactional
    public Optional<Added> add(String room, String name, boolean signed, Webhooks.By by) {
        Statements.query(em, row -> row.getString(1), LOCK, room);
        if (of(room).size() >= settings.hooks().perRoom()) {
            return Optional.empty();
        }
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Optional<String> secret = signed ? Optional.of(Signatures.newSecret()) : Optional.empty();
        IncomingHook hook = new IncomingHook(Webhooks.newId(), room, name, by.user(), Instant.now(), signed);
        Statements.update(em, "insert into incoming_hook (id, room, name, token_hash, secret, created_by, created_at) "
                + "values (?, ?, ?, ?, ?, ?, ?)", hook.id, room, name, hash(token), secret.orElse(null), by.user(),
                hook.created.toEpochMilli());
        audit("incoming-hook.created", hook, by);
        return Optional.of(new Added(hook, token, secret));
    }

    /** The incoming hooks of a room, oldest first. */
    @Transactional
    public List<IncomingHook> of(String room) {
        return Statements.query(em, IncomingHooks::hook, SELECT + " where h.room = ? order by h.created_at, h.id", room);
    }

    /** Removes a hook and returns it; empty if the room has no such hook. Its service is to be removed from the room. */
    @Transactional
    public Optional<IncomingHook> remove(String room, String id, Webhooks.By by) {
        Optional<IncomingHook> found = of(room).stream().filter(hook -> hook.id.equals(id)).findFirst();
        found.ifPresent(hook -> {
            Statements.update(em, "delete from incoming_hook where id = ?", id);
            audit("incoming-hook.deleted", hook, by);
        });
        return found;
    }

    /** Removes the hooks of closed rooms. */
    @Transactional
    void removeOfClosedRooms() {
        Statements.update(em, "delete from incoming_hook where room in (select r.id from room r where r.closed_at is not null)");
    }

    /** Reads a request. The same {@code webhook-id} again gives the same message, which is stored once. */
    @Transactional
    public Read read(Incoming request, Instant now) {
        record Found(IncomingHook hook, Optional<String> secret) {}
        Optional<Found> found = Statements.query(em, row -> new Found(hook(row), Optional.ofNullable(row.getString(6))), SELECT
                + " join room r on r.id = h.room where h.token_hash = ? and r.closed_at is null", hash(request.token)).stream().findFirst();
        if (found.isEmpty()) {
            return new Read.Refused(Problem.notFound());
        }
        IncomingHook hook = found.get().hook;
        Optional<Problem> refused = availability.refusal(hook.service().caller(now)).or(() -> limits.callBy(hook.actor().id()))
                .or(() -> found.get().secret.flatMap(secret -> unsigned(request, secret, now)));
        if (refused.isPresent()) {
            return new Read.Refused(refused.get());
        }
        IncomingText text = IncomingText.of(request.type, request.body);
        return text.problem().<Read>map(Read.Refused::new).orElseGet(() -> new Read.Post(
                new PostMessage(hook.room, hook.actor(), key(request.id), text.text(), 0, false, List.of(), false)));
    }

    /** Refuses a request that is not signed with this secret, or was signed too long ago. */
    static Optional<Problem> unsigned(Incoming request, String secret, Instant now) {
        boolean isTimely = request.timestamp.matches("[0-9]{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(request.timestamp)), now).abs().compareTo(TOLERANCE) <= 0;
        boolean isSigned = isTimely && !request.id.isEmpty()
                && Signatures.isSigned(request.signature, secret, request.id, Long.parseLong(request.timestamp), request.body);
        return isSigned ? Optional.empty() : Optional.of(Problem.unauthorized(
                "This hook takes only requests with a `webhook-signature` of the last five minutes, as Standard Webhooks specify."));
    }

    // An id of any length and characters becomes a key.
    static String key(String id) {
        if (id.isEmpty()) {
            return UUID.randomUUID().toString();
        }
        return id.matches("[!-~]{1," + (LONGEST_KEY - 1) + "}") ? id : hash(id);
    }

    private void audit(String action, IncomingHook hook, Webhooks.By by) {
        audit.write(List.of(new AuditEvent(Instant.now(), action, by.user(), hook.actor().id(), hook.room, by.address(), "hook=" + hook.id,
                1)));
    }

    private static IncomingHook hook(ResultSet row) throws SQLException {
        return new IncomingHook(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                Instant.ofEpochMilli(row.getLong(5)), row.getString(6) != null);
    }

    private static String hash(String secret) {
        return Sha256.hex(secret);
    }
}
