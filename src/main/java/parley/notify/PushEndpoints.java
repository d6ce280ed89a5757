package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import parley.outgoing.Endpoints;
import parley.settings.Settings;

/**
 * Which endpoints a push may go to. A browser names its endpoint, so anyone who is signed in can name any URL. The hosts in {@code
 * parley.push.allowed-hosts} may be anything.
 */
@ApplicationScoped
class PushEndpoints {

    /** The most characters of an endpoint. */
    static final int LONGEST = Endpoints.LONGEST;

    private Endpoints endpoints;

    /** For the container's proxy. */
    protected PushEndpoints() {
    }

    @Inject
    PushEndpoints(Settings settings) {
        this(settings.push().allowedHosts());
    }

    PushEndpoints(List<String> allowed) {
        this.endpoints = new Endpoints(allowed);
    }

    /** The endpoint of this text; empty if a push must not go there. Looks up no name. */
    Optional<URI> of(String text) {
        return endpoints.of(text);
    }

    /** As {@link Endpoints#resolve}. */
    InetAddress resolve(URI endpoint) throws IOException {
        return endpoints.resolve(endpoint);
    }

    /** As {@link Endpoints#host}. */
    static String host(URI endpoint) {
        return Endpoints.host(endpoint);
    }
}
