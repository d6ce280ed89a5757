package parley.socket;

import java.security.Principal;
import parley.identity.Caller;

/**
 * The verified caller of an upgrade request, as the request's principal.
 *
 * @param address the client's address, as {@link parley.http.Proxies} resolved it
 */
record CallerPrincipal(Caller caller, String address) implements Principal {

    @Override
    public String getName() {
        return caller.id();
    }
}
