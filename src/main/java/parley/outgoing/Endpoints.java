package parley.outgoing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which URLs that people name the server posts to: only https on its usual port, and only addresses of the public internet. Hosts that the
 * administrator lists may have any address, port and scheme. Immutable.
 */
public final class Endpoints {

    /** The most characters of a URL. */
    public static final int LONGEST = 2_000;

    private static final int LONGEST_HOST = 255;
    private static final int HTTPS = 443;

    private final Hosts hosts;

    /** @param allowed as {@link Hosts} takes them */
    public Endpoints(List<String> allowed) {
        this(new Hosts(allowed));
    }

    /** @param hosts decides which addresses are allowed */
    public Endpoints(Hosts hosts) {
        this.hosts = hosts;
    }

    /** The endpoint of this text; empty if nothing must be posted there. Looks up no name. */
    public Optional<URI> of(String text) {
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
        return Hosts.isHttps(uri) && Hosts.port(uri) == HTTPS && !hosts.isPrivateAddress(uri);
    }

    private boolean isAllowed(URI uri) {
        return List.of("http", "https").contains(uri.getScheme().toLowerCase(Locale.ROOT)) && hosts.isListed(uri);
    }

    /**
     * The address to connect to, after all addresses of the host were checked. Waits for the name service.
     *
     * @throws Hosts.RefusedHost if one of them is not public
     * @throws IOException if the host has no address
     */
    public InetAddress resolve(URI endpoint) throws IOException {
        return hosts.resolve(endpoint);
    }

    /** The host of an endpoint, at most {@value #LONGEST_HOST} characters of it. */
    public static String host(URI endpoint) {
        String host = Hosts.name(endpoint);
        return host.substring(0, Math.min(host.length(), LONGEST_HOST));
    }
}
