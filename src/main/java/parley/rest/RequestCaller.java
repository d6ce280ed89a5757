package parley.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import parley.http.Proxies;
import parley.identity.Caller;

/**
 * Who makes the current request, as {@link BearerTokenFilter} found it. It is an attribute of the request: an object of the request scope would
 * stay in a thread of the server's, for an asynchronous answer ends its request on another thread, and Payara's CDI clears only that one.
 */
@ApplicationScoped
class RequestCaller {

    private static final String CALLER = "parley.caller";

    @Inject
    private HttpServletRequest request;
    @Inject
    private Proxies proxies;

    /** To be called before anything is asked of it. */
    void is(Caller verified) {
        request.setAttribute(CALLER, verified);
    }

    /** The caller. */
    Caller get() {
        return (Caller) request.getAttribute(CALLER);
    }

    /** The address that the request comes from. */
    String address() {
        return proxies.address(request);
    }
}
