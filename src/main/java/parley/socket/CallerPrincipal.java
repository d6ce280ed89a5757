package parley.socket;

import java.security.Principal;
import parley.identity.Caller;

/**
 * A verified caller at the door, as the principal of the request that becomes the socket.
 *
 * @param address where the caller comes from
 */
record CallerPrincipal(Caller caller, String address) implements Principal {

    @Override
    public String getName() {
        return caller.id();
    }
}
