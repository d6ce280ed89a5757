package parley.preview;

import java.io.IOException;
import java.net.IDN;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.outgoing.Hosts;
import parley.settings.PreviewSettings;

/**
 * Which pages may be fetched: http and https on ports 80 and 443, at hosts of the public internet, and only those of {@code
 * parley.previews.hosts} if there are any. Hosts of {@code parley.previews.private-hosts} may have any address and the listed port.
 */
final class PreviewHosts {

    private static final Pattern URL = Pattern.compile("(?i)(https?)://([^/?#]*)([^#]*)(?:#.*)?");
    private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:@\\[\\]]+)(:[0-9]{1,5})?");
    private static final Set<Integer> PORTS = Set.of(80, 443);
    private static final String BELOW = "*.";
    /** Browsers take these as they are; RFC 3986 has them percent-encoded. */
    private static final String ENCODED = "\"<>\\^`{|}[] ";

    private final List<String> allowed;
    private final Hosts hosts;

    PreviewHosts(PreviewSettings settings) {
        this.allowed = settings.hosts();
        this.hosts = new Hosts(settings.privateHosts());
    }

    /** The URL to fetch for this text, without its fragment; empty if it must not be fetched. Looks up no name. */
    Optional<URI> of(String text) {
        Matcher url = URL.matcher(text);
        if (!url.matches()) {
            return Optional.empty();
        }
        Matcher authority = AUTHORITY.matcher(url.group(2));
        if (!authority.matches()) {
            return Optional.empty();
        }
        try {
            String host = authority.group(1).startsWith("[") ? authority.group(1) : IDN.toASCII(authority.group(1));
            String port = authority.group(2) == null ? "" : authority.group(2);
            return Optional.of(new URI(url.group(1).toLowerCase(Locale.ROOT) + "://" + host + port + encoded(url.group(3))))
                    .filter(uri -> uri.getHost() != null && uri.getRawUserInfo() == null && isAllowed(uri));
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }

    /**
     * The address to connect to. Waits for the name service.
     *
     * @throws IOException if the host has no address, or one that is not allowed
     */
    InetAddress resolve(URI page) throws IOException {
        return hosts.resolve(page);
    }

    private boolean isAllowed(URI uri) {
        if (hosts.isListedWithPort(uri)) {
            return true;
        }
        return PORTS.contains(Hosts.port(uri)) && (hosts.isListed(uri) || isPublic(uri));
    }

    private boolean isPublic(URI uri) {
        String name = Hosts.name(uri);
        boolean isListed = allowed.isEmpty() || allowed.stream().anyMatch(host -> host.startsWith(BELOW)
                ? name.endsWith(host.substring(BELOW.length() - 1)) : name.equals(host));
        return isListed && !hosts.isPrivateAddress(uri);
    }

    private static String encoded(String rest) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : rest.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c <= ' ' || c >= 0x7f || ENCODED.indexOf(c) >= 0) {
                encoded.append(String.format("%%%02X", (int) c));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString().replaceAll("%(?![0-9A-Fa-f]{2})", "%25");
    }
}
