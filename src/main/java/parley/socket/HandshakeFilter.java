package parley.socket;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.audit.RefusedSignIns;
import parley.health.Availability;
import parley.http.OriginPolicy;
import parley.http.ProblemResponse;
import parley.http.Proxies;
import parley.hub.Connections;
import parley.hub.GracefulShutdown;
import parley.hub.StandardWireUse;
import parley.identity.Authentication;
import parley.identity.SignInRefusal;
import parley.identity.TicketDesk;
import parley.identity.TokenVerifier;
import parley.limits.Limits;
import parley.notify.MailAddresses;
import parley.people.Access;
import parley.people.SignIns;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;
import parley.settings.Settings;
import parley.settings.WireKind;
import parley.sql.DatabaseFailure;

/**
 * Checks every upgrade request before the container sees it. Only a verified caller from an allowed origin passes. A refusal is an HTTP
 * status with a problem body (RFC 9457) and one log line, which never contains the token or ticket.
 */
public class HandshakeFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = Logger.getLogger(HandshakeFilter.class.getName());
    private static final int UPGRADE_REQUIRED = 426;
    /** The error codes that are audited, each with its default kind. */
    private static final Map<ErrorCode, SignInRefusal> AUDITED = Map.of(ErrorCode.UNAUTHORIZED, SignInRefusal.INVALID,
            ErrorCode.FORBIDDEN, SignInRefusal.ORIGIN, ErrorCode.RATE_LIMITED, SignInRefusal.LIMIT);

    @Inject
    private transient GracefulShutdown draining;
    @Inject
    private transient OriginPolicy origins;
    @Inject
    private transient TokenVerifier tokens;
    @Inject
    private transient TicketDesk tickets;
    @Inject
    private transient Connections connections;
    @Inject
    private transient FrameRouter router;
    @Inject
    private transient ReceiverThreads receivers;
    @Inject
    private transient Proxies proxies;
    @Inject
    private transient RefusedSignIns refused;
    @Inject
    private transient Limits limits;
    @Inject
    private transient Availability serving;
    @Inject
    private transient Access access;
    @Inject
    private transient SignIns signIns;
    @Inject
    private transient MailAddresses mail;
    @Inject
    private transient Settings settings;
    @Inject
    private transient StandardWireUse standard;
    private transient volatile boolean tookOver;

    /** A refusal: the response, the reason for the log, and the kind for the audit and the metric; null if neither records it. */
    private record Refusal(int status, Problem problem, String reason, SignInRefusal kind) {

        Refusal(int status, Problem problem, String reason) {
            this(status, problem, reason, AUDITED.get(problem.code()));
        }

        Refusal(int status, Problem problem) {
            this(status, problem, problem.message());
        }

        Refusal(Problem problem) {
            this(problem.code().status(), problem);
        }
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Handshake handshake = new Handshake(request);
        String address = proxies.address(request);
        Optional<Refusal> early = malformed(handshake).or(() -> tooBusy(address).map(Refusal::new));
        if (early.isPresent()) {
            refuse(address, response, early.get());
            return;
        }
        if (!origins.allows(request)) {
            refuse(address, response, new Refusal(Problem.forbidden("Pages from this origin can't connect.")));
            return;
        }
        Optional<Authentication> authentication;
        try {
            authentication = authentication(handshake);
        } catch (RuntimeException failed) {
            String why = DatabaseFailure.away(failed).orElseThrow(() -> failed);
            refuse(address, response, new Refusal(503, Problem.unavailable("The ticket can't be checked right now."), why));
            return;
        }
        if (authentication.isEmpty()) {
            refuse(address, response, new Refusal(503, Problem.unavailable("The ticket can't be checked right now."),
                    "tickets wait for the database"));
            return;
        }
        switch (authentication.get()) {
            case Authentication.Granted granted -> admit(handshake, new CallerPrincipal(granted.caller(), address), response, chain);
            case Authentication.Denied denied -> refuse(address, response,
                    new Refusal(401, Problem.unauthorized("A valid token or ticket is required."), denied.reason(), denied.kind()));
        }
    }

    @Override
    public void destroy() {
        if (tookOver) {
            GrizzlyFilter.uninstallAll();
        }
    }

    private void admit(Handshake handshake, CallerPrincipal principal, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Problem> ended = access.refusal(principal.caller().id());
        if (ended.isPresent()) {
            refuse(principal.address(), response, new Refusal(ended.get().code().status(), ended.get(), ended.get().message(),
                    SignInRefusal.ACCESS));
            return;
        }
        Optional<Problem> tooMany = serving.refusal(principal.caller()).or(() -> limits.connecting(principal.caller().id()));
        if (tooMany.isPresent()) {
            refuse(principal.address(), response, new Refusal(tooMany.get()));
        } else {
            if (handshake.token().isPresent()) {
                // A ticket has no picture, and the request that got it was a sign-in.
                signIns.signedIn(principal.caller());
                mail.signedIn(principal.caller());
            }
            boolean own = settings.sockets().wire() == WireKind.GRIZZLY && isOnGrizzly(handshake.request());
            if (!own) {
                standard.note(settings.sockets().wire());
            }
            var admitted = new AuthenticatedRequest(handshake, principal, own ? () -> new UpgradedSocket(principal, connections, router)
                    : null);
            chain.doFilter(admitted, response);
            if (admitted.upgraded().isPresent() && response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
                response.flushBuffer();
                tookOver = true;
                GrizzlyWire.takeOver(handshake.request(), admitted.upgraded().get(), receivers);
            }
        }
    }

    private static boolean isOnGrizzly(HttpServletRequest request) {
        try {
            return GrizzlyWire.canTakeOver(request);
        } catch (LinkageError otherServer) {
            LOG.log(Level.FINE, "This server has no Grizzly; connections use JSR 356 instead", otherServer);
            return false;
        }
    }

    // RFC 6455 sections 4.2.1 and 4.4, RFC 9110 section 15.5.22.
    private static Optional<Refusal> malformed(Handshake handshake) {
        if (!handshake.isUpgrade() || !handshake.hasSupportedVersion()) {
            return Optional.of(new Refusal(UPGRADE_REQUIRED, Problem.badRequest("Only WebSocket upgrades of version 13 are accepted.")));
        }
        if (!handshake.hasConnectionUpgrade()) {
            return Optional.of(new Refusal(Problem.badRequest(
                    "The Connection header must contain Upgrade. Check that every proxy forwards it.")));
        }
        if (!handshake.hasValidKey()) {
            return Optional.of(new Refusal(Problem.badRequest("The Sec-WebSocket-Key header must be 16 bytes in base64.")));
        }
        if (!handshake.supportsParley()) {
            return Optional.of(new Refusal(Problem.badRequest("Unsupported subprotocol. Offer parley.v1.")));
        }
        return Optional.empty();
    }

    private Optional<Problem> tooBusy(String address) {
        if (draining.isDraining()) {
            return Optional.of(Problem.unavailable("The instance is shutting down."));
        }
        if (serving.startWaitsFor().isPresent()) {
            return serving.refusal();
        }
        if (connections.isFull()) {
            return Optional.of(Problem.rateLimited("This instance has too many connections.", Limits.CROWDED_MILLIS));
        }
        return limits.handshake(address);
    }

    // Empty if the ticket can't be checked now.
    private Optional<Authentication> authentication(Handshake handshake) {
        Optional<String> token = handshake.token();
        if (token.isPresent()) {
            return Optional.of(tokens.verify(token.get()));
        }
        Optional<String> ticket = handshake.ticket();
        return ticket.isPresent() ? tickets.redeem(ticket.get())
                : Optional.of(new Authentication.Denied(SignInRefusal.MISSING, "no token and no ticket"));
    }

    private void refuse(String address, HttpServletResponse response, Refusal refusal) throws IOException {
        ErrorCode code = refusal.problem().code();
        boolean first = refusal.kind() == null || refused.note(address, refusal.kind(), refusal.reason());
        // A client that exceeds its rate limit must not fill the log.
        if (first || code != ErrorCode.RATE_LIMITED) {
            LOG.log(Level.INFO, "Handshake from {0} refused with {1}: {2}", new Object[] {address, refusal.status(), refusal.reason()});
        }
        ProblemResponse answer = ProblemResponse.of(refusal.status(), refusal.problem());
        if (refusal.status() == UPGRADE_REQUIRED) {
            answer = answer.with("Upgrade", "websocket").with("Connection", "Upgrade").with("Sec-WebSocket-Version", Handshake.VERSION);
        }
        answer.send(response);
    }
}
