package parley.socket;

import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.http.OriginPolicy;
import parley.http.ProblemResponse;
import parley.http.Proxies;
import parley.hub.Connections;
import parley.hub.StandardWireUse;
import parley.protocol.Encoding;
import parley.protocol.Problem;
import parley.settings.Settings;
import parley.settings.WireKind;
import parley.socket.Admission.Refusal;

/**
 * Checks every upgrade request before the container sees it. Only a verified caller from an allowed origin passes, and a STOMP client whose
 * token comes in its first frame ({@link StompAdmission}). A refusal is an HTTP status with a problem body (RFC 9457) and one log line,
 * which never contains the token or ticket.
 */
public class HandshakeFilter extends HttpFilter {

    private static final long serialVersionUID = 1;
    private static final Logger LOG = Logger.getLogger(HandshakeFilter.class.getName());
    private static final int UPGRADE_REQUIRED = 426;

    @Inject
    private transient Admission admission;
    @Inject
    private transient OriginPolicy origins;
    @Inject
    private transient Connections connections;
    @Inject
    private transient FrameRouter router;
    @Inject
    private transient StompAdmission stomp;
    @Inject
    private transient ReceiverThreads receivers;
    @Inject
    private transient Proxies proxies;
    @Inject
    private transient Settings settings;
    @Inject
    private transient StandardWireUse standard;
    private transient volatile boolean tookOver;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Handshake handshake = new Handshake(request);
        String address = proxies.address(request);
        Optional<Refusal> early = malformed(handshake).or(() -> admission.handshake(address));
        if (early.isPresent()) {
            refuse(address, response, early.get());
            return;
        }
        if (!origins.allows(request)) {
            refuse(address, response, new Refusal(Problem.forbidden("Pages from this origin can't connect.")));
            return;
        }
        if (handshake.namesNobody()) {
            Optional<Refusal> crowded = stomp.refusal(address);
            if (crowded.isPresent()) {
                refuse(address, response, crowded.get());
            } else {
                upgrade(handshake, new CallerPrincipal(null, address), response, chain);
            }
            return;
        }
        switch (admission.admit(handshake.token(), handshake.ticket())) {
            case Admission.Admitted admitted -> upgrade(handshake, new CallerPrincipal(admitted.caller(), address), response, chain);
            case Refusal refusal -> refuse(address, response, refusal);
        }
    }

    @Override
    public void destroy() {
        if (tookOver) {
            GrizzlyFilter.uninstallAll();
        }
    }

    private void upgrade(Handshake handshake, CallerPrincipal principal, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        boolean own = settings.sockets().wire() == WireKind.GRIZZLY && isOnGrizzly(handshake.request());
        if (!own) {
            standard.note(settings.sockets().wire());
        }
        Encoding encoding = handshake.isStomp() ? Encoding.STOMP
                : Encoding.of(handshake.subprotocol().filter(Handshake.CBOR_SUBPROTOCOL::equals).isPresent(),
                        own && handshake.offersDeflate());
        if (encoding.isDeflated()) {
            response.setHeader("Sec-WebSocket-Extensions", Deflating.ANSWER);
        }
        Supplier<UpgradedSocket> sockets = handshake.isStomp() ? () -> new UpgradedStomp(principal, stomp)
                : () -> new UpgradedSocket(principal, encoding, connections, router);
        var admitted = new AuthenticatedRequest(handshake, principal, own ? sockets : null);
        chain.doFilter(admitted, response);
        if (admitted.upgraded().isPresent() && response.getStatus() == HttpServletResponse.SC_SWITCHING_PROTOCOLS) {
            response.flushBuffer();
            tookOver = true;
            GrizzlyWire.takeOver(handshake.request(), admitted.upgraded().get(), receivers);
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
            return Optional.of(upgradeRequired());
        }
        if (!handshake.hasConnectionUpgrade()) {
            return Optional.of(new Refusal(Problem.badRequest(
                    "The Connection header must contain Upgrade. Check that every proxy forwards it.")));
        }
        if (!handshake.hasValidKey()) {
            return Optional.of(new Refusal(Problem.badRequest("The Sec-WebSocket-Key header must be 16 bytes in base64.")));
        }
        if (!handshake.supportsParley()) {
            return Optional.of(new Refusal(Problem.badRequest("Unsupported subprotocol. Offer parley.v1, parley.v1.cbor or v12.stomp.")));
        }
        return Optional.empty();
    }

    private static Refusal upgradeRequired() {
        Problem problem = Problem.badRequest("Only WebSocket upgrades of version 13 are accepted.");
        return new Refusal(UPGRADE_REQUIRED, problem, problem.message());
    }

    private void refuse(String address, HttpServletResponse response, Refusal refusal) throws IOException {
        ProblemResponse answer = admission.refuse(address, refusal);
        if (refusal.status() == UPGRADE_REQUIRED) {
            // Grizzly gives a response with Upgrade no length, so only the end of the connection ends its body. It ends the connection if
            // this value comes first.
            response.setHeader("Connection", "close");
            response.addHeader("Connection", "Upgrade");
            answer = answer.with("Upgrade", "websocket").with("Sec-WebSocket-Version", Handshake.VERSION);
        }
        answer.send(response);
    }
}
