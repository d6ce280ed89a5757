package parley.rest;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import parley.http.Proxies;
import parley.identity.Caller;

/**
 * The caller of the current request, set by {@link BearerTokenFilter}. It is a request attribute, because an object of CDI's request scope
 * would stay on a thread of the server: an asynchronous response ends its request on another thread, and Payara clears only that one.
 */
@ApplicationScoped
class RequestCaller {

    private static final String CALLER = "parley.caller";

    @Inject
    private HttpServletRequest request;
    @Inject
    private Proxies proxies;

    /** Call it before {@link #get}. */
    void set(Caller verified) {
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
