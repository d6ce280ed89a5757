package parley.socket;

import java.security.Principal;
import java.time.Instant;
import parley.identity.Caller;

/**
 * The verified caller of an upgrade request, as the request's principal.
 *
 * @param caller null for a STOMP client whose token comes in its first frame
 * @param address the client's address, as {@link parley.http.Proxies} resolved it
 */
record CallerPrincipal(Caller caller, String address) implements Principal {

    /** Whether the caller may have a connection now. Without a caller, no token can have expired. */
    boolean isValid() {
        return caller == null || caller.expires().isAfter(Instant.now());
    }

    @Override
    public String getName() {
        return caller == null ? "" : caller.id();
    }
}
