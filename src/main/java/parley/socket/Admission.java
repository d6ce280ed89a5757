package parley.socket;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.audit.RefusedSignIns;
import parley.health.Availability;
import parley.http.ProblemResponse;
import parley.hub.Connections;
import parley.hub.GracefulShutdown;
import parley.identity.Authentication;
import parley.identity.Caller;
import parley.identity.SignInRefusal;
import parley.identity.TicketDesk;
import parley.identity.TokenVerifier;
import parley.limits.Limits;
import parley.notify.MailAddresses;
import parley.people.Access;
import parley.people.SignIns;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;
import parley.sql.DatabaseFailure;

/**
 * Decides whether a client may open a connection: the limits, the token or ticket, the access of the person. The same for WebSockets and
 * for streams over HTTP. A refusal is audited and gets one log line, which never contains the token or ticket.
 */
@ApplicationScoped
public class Admission {

    private static final Logger LOG = Logger.getLogger(Admission.class.getName());
    /** The error codes that are audited, each with its default kind. */
    private static final Map<ErrorCode, SignInRefusal> AUDITED = Map.of(ErrorCode.UNAUTHORIZED, SignInRefusal.INVALID,
            ErrorCode.FORBIDDEN, SignInRefusal.ORIGIN, ErrorCode.RATE_LIMITED, SignInRefusal.LIMIT);

    @Inject
    private GracefulShutdown draining;
    @Inject
    private TokenVerifier tokens;
    @Inject
    private TicketDesk tickets;
    @Inject
    private Connections connections;
    @Inject
    private RefusedSignIns refused;
    @Inject
    private Limits limits;
    @Inject
    private Availability serving;
    @Inject
    private Access access;
    @Inject
    private SignIns signIns;
    @Inject
    private MailAddresses mail;

    /** The outcome for one client. */
    public sealed interface Outcome permits Admitted, Refusal {}

    /** The client may connect. */
    public record Admitted(Caller caller) implements Outcome {}

    /**
     * A refusal.
     *
     * @param status of the response
     * @param reason for the log
     * @param kind for the audit and the metric; null if neither records it
     */
    public record Refusal(int status, Problem problem, String reason, SignInRefusal kind) implements Outcome {

        Refusal(int status, Problem problem, String reason) {
            this(status, problem, reason, AUDITED.get(problem.code()));
        }

        /** Under the status of the problem's code. */
        public Refusal(Problem problem) {
            this(problem.code().status(), problem, problem.message());
        }
    }

    /** Counts a handshake, and refuses it if there are too many from its address, or too many connections. */
    public Optional<Refusal> handshake(String address) {
        return tooBusy().or(() -> limits.handshake(address).map(Refusal::new));
    }

    /** Counts a call that asks for a stream, and refuses it if there are too many from its address, or too many connections. */
    public Optional<Refusal> call(String address) {
        return tooBusy().or(() -> limits.callFrom(address).or(() -> limits.connectingFrom(address)).map(Refusal::new));
    }

    /** Counts a call of this admitted caller, and refuses it if there are too many. */
    public Optional<Refusal> call(Caller caller) {
        return limits.callBy(caller.id()).map(Refusal::new);
    }

    private Optional<Refusal> tooBusy() {
        if (draining.isDraining()) {
            return Optional.of(new Refusal(Problem.unavailable("The instance is shutting down.")));
        }
        if (serving.startWaitsFor().isPresent()) {
            return serving.refusal().map(Refusal::new);
        }
        if (connections.isFull()) {
            return Optional.of(new Refusal(Problem.rateLimited("This instance has too many connections.", Limits.CROWDED_MILLIS)));
        }
        return Optional.empty();
    }

    /** Admits the owner of this token or, without one, of this ticket. Waits for the database for a second at most. */
    public Outcome admit(Optional<String> token, Optional<String> ticket) {
        Optional<Authentication> authentication;
        try {
            authentication = authentication(token, ticket);
        } catch (RuntimeException failed) {
            return ticketUnchecked(DatabaseFailure.away(failed).orElseThrow(() -> failed));
        }
        if (authentication.isEmpty()) {
            return ticketUnchecked("tickets wait for the database");
        }
        return switch (authentication.get()) {
            case Authentication.Granted granted -> admit(granted.caller(), token.isPresent());
            case Authentication.Denied denied ->
                    new Refusal(401, Problem.unauthorized("A valid token or ticket is required."), denied.reason(), denied.kind());
        };
    }

    /** Logs and audits a refusal, and returns the response. */
    public ProblemResponse refuse(String address, Refusal refusal) {
        boolean first = refusal.kind() == null || refused.note(address, refusal.kind(), refusal.reason());
        // A client that exceeds its rate limit must not fill the log.
        if (first || refusal.problem().code() != ErrorCode.RATE_LIMITED) {
            LOG.log(Level.INFO, "Handshake from {0} refused with {1}: {2}", new Object[] {address, refusal.status(), refusal.reason()});
        }
        return ProblemResponse.of(refusal.status(), refusal.problem());
    }

    private Outcome admit(Caller caller, boolean signsIn) {
        Optional<Problem> ended = access.refusal(caller.id());
        if (ended.isPresent()) {
            return new Refusal(ended.get().code().status(), ended.get(), ended.get().message(), SignInRefusal.ACCESS);
        }
        Optional<Problem> tooMany = serving.refusal(caller).or(() -> limits.connecting(caller.id()));
        if (tooMany.isPresent()) {
            return new Refusal(tooMany.get());
        }
        // A ticket has no picture, and the request that got it was a sign-in.
        if (signsIn) {
            signIns.signedIn(caller);
            mail.signedIn(caller);
        }
        return new Admitted(caller);
    }

    private static Refusal ticketUnchecked(String reason) {
        return new Refusal(503, Problem.unavailable("The ticket can't be checked right now."), reason);
    }

    // Empty if the ticket can't be checked now.
    private Optional<Authentication> authentication(Optional<String> token, Optional<String> ticket) {
        if (token.isPresent()) {
            return Optional.of(tokens.verify(token.get()));
        }
        return ticket.isPresent() ? tickets.redeem(ticket.get())
                : Optional.of(new Authentication.Denied(SignInRefusal.MISSING, "no token and no ticket"));
    }
}
