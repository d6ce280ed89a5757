package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parley.outgoing.Hosts;
import parley.settings.Settings;

/**
 * Which endpoints a push may go to. A browser names its endpoint, so anyone who is signed in can name any URL: only https on its usual
 * port, and only addresses of the public internet. The hosts in {@code parley.push.allowed-hosts} may be anything.
 */
@ApplicationScoped
class PushEndpoints {

    /** The most characters of an endpoint. */
    static final int LONGEST = 2_000;
    private static final int LONGEST_HOST = 255;
    private static final int HTTPS = 443;

    private Hosts hosts;

    /** For the container's proxy. */
    protected PushEndpoints() {
    }

    @Inject
    PushEndpoints(Settings settings) {
        this(settings.push().allowedHosts());
    }

    PushEndpoints(List<String> allowed) {
        this.hosts = new Hosts(allowed);
    }

    /** The endpoint of this text; empty if a push must not go there. Looks up no name. */
    Optional<URI> of(String text) {
        try {
            URI uri = new URI(text);
            boolean sound = uri.isAbsolute() && uri.getHost() != null && uri.getRawUserInfo() == null && uri.getRawFragment() == null
                    && text.length() <= LONGEST && text.chars().allMatch(c -> c > ' ' && c < 0x7f);
            return sound && (isAllowed(uri) || isUsual(uri)) ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException malformed) {
            return Optional.empty();
        }
    }

    private boolean isUsual(URI uri) {
        return "https".equalsIgnoreCase(uri.getScheme()) && Hosts.port(uri) == HTTPS && !hosts.isPrivateAddress(uri);
    }

    /**
     * The address to connect to, after all addresses of the host were checked.
     *
     * @throws IOException if the host has no address, or one that is not public
     */
    InetAddress resolve(URI endpoint) throws IOException {
        return hosts.resolve(endpoint);
    }

    /** The host of an endpoint, at most {@value #LONGEST_HOST} characters of it. */
    static String host(URI endpoint) {
        String host = Hosts.name(endpoint);
        return host.substring(0, Math.min(host.length(), LONGEST_HOST));
    }

    private boolean isAllowed(URI uri) {
        return List.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT)) && hosts.isListed(uri);
    }
}
