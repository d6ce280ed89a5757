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
import parley.settings.Network;
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

    private List<String> allowed;

    /** For the container's proxy. */
    protected PushEndpoints() {
    }

    @Inject
    PushEndpoints(Settings settings) {
        this(settings.push().allowedHosts());
    }

    PushEndpoints(List<String> allowed) {
        this.allowed = allowed;
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

    private static boolean isUsual(URI uri) {
        String host = uri.getHost().startsWith("[") ? uri.getHost().substring(1, uri.getHost().length() - 1) : uri.getHost();
        return "https".equalsIgnoreCase(uri.getScheme()) && port(uri) == HTTPS
                && Network.address(host).filter(address -> !PushAddresses.isPublic(address)).isEmpty();
    }

    /**
     * The address to connect to, after all addresses of the host were checked.
     *
     * @throws IOException if the host has no address, or one that is not public
     */
    InetAddress resolve(URI endpoint) throws IOException {
        InetAddress[] addresses = InetAddress.getAllByName(endpoint.getHost());
        if (!isAllowed(endpoint)) {
            for (InetAddress address : addresses) {
                if (!PushAddresses.isPublic(address)) {
                    throw new RefusedAddress("The host of a push endpoint has an address that is not public");
                }
            }
        }
        return addresses[0];
    }

    /** A push must not go to this address. */
    static final class RefusedAddress extends IOException {

        private static final long serialVersionUID = 1L;

        RefusedAddress(String message) {
            super(message);
        }
    }

    /** The host of an endpoint, at most {@value #LONGEST_HOST} characters of it. */
    static String host(URI endpoint) {
        String host = endpoint.getHost().toLowerCase(Locale.ROOT);
        return host.substring(0, Math.min(host.length(), LONGEST_HOST));
    }

    static int port(URI uri) {
        return uri.getPort() >= 0 ? uri.getPort() : "https".equalsIgnoreCase(uri.getScheme()) ? HTTPS : 80;
    }

    private boolean isAllowed(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        boolean isWeb = List.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT));
        return isWeb && (allowed.contains(host) || allowed.contains(host + ":" + port(uri)));
    }
}
