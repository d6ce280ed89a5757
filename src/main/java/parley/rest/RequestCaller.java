package parley.rest;

import jakarta.enterprise.context.RequestScoped;
import parley.identity.Caller;

/** Who makes the current request, as {@link BearersOnly} found it. */
@RequestScoped
class RequestCaller {

    private Caller caller;

    /** To be called before anything is asked of it. */
    void is(Caller verified) {
        caller = verified;
    }

    /** The caller. */
    Caller get() {
        return caller;
    }
}
