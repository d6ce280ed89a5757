package parley.rest;

import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import parley.identity.Caller;
import parley.limits.Proxies;

/** Who makes the current request, as {@link BearersOnly} found it. */
@RequestScoped
class RequestCaller {

    @Inject
    private HttpServletRequest request;
    @Inject
    private Proxies proxies;
    private Caller caller;

    /** To be called before anything is asked of it. */
    void is(Caller verified) {
        caller = verified;
    }

    /** The caller. */
    Caller get() {
        return caller;
    }

    /** The address that the request comes from. */
    String address() {
        return proxies.address(request);
    }
}
