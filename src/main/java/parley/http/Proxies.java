package parley.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import parley.settings.ForwardedHeader;
import parley.settings.Network;
import parley.settings.Settings;

/**
 * Finds the address that a request comes from. If the sender is one of {@code parley.proxies}, the address is the one that this proxy
 * names in its header, and so on up to the first address that is no proxy. Headers of other senders are ignored, and so is the header
 * that {@code parley.proxies.header} doesn't name.
 */
@ApplicationScoped
public class Proxies {

    // RFC 7239 section 4: the `for` pair of one element, optionally quoted.
    private static final Pattern FOR = Pattern.compile("(?:^|;)\\s*for\\s*=\\s*\"?([^\";]*)\"?\\s*(?:;|$)", Pattern.CASE_INSENSITIVE);
    // An address, optionally with a port: 192.0.2.1:4711, [2001:db8::1]:4711.
    private static final Pattern NODE = Pattern.compile("\\[([^\\]]+)\\](?::\\d+)?|([0-9.]+):\\d+|(.*)");

    @Inject
    private Settings settings;

    /** The address that this request comes from, in its textual form. */
    public String address(HttpServletRequest request) {
        ForwardedHeader header = settings.proxies().header();
        return address(request.getRemoteAddr(), Collections.list(request.getHeaders(header.field())), header, settings.proxies().trusted());
    }

    /** The same from the request's sender and the values of the header. */
    static String address(String sender, List<String> lines, ForwardedHeader header, List<Network> proxies) {
        Optional<InetAddress> here = Network.address(sender);
        if (here.isEmpty()) {
            return sender;
        }
        InetAddress from = here.get();
        // Each proxy appends one element. A comma inside a client's quotes only splits elements left of those of the proxies.
        List<String> elements = lines.stream().flatMap(line -> Arrays.stream(line.split(","))).toList();
        for (int last = elements.size() - 1; last >= 0 && isProxy(from, proxies); last--) {
            Optional<InetAddress> before = named(elements.get(last), header);
            if (before.isEmpty()) {
                break;
            }
            from = before.get();
        }
        return from.getHostAddress();
    }

    private static boolean isProxy(InetAddress address, List<Network> proxies) {
        return proxies.stream().anyMatch(proxy -> proxy.contains(address));
    }

    private static Optional<InetAddress> named(String element, ForwardedHeader header) {
        return switch (header) {
            case X_FORWARDED_FOR -> node(element);
            case FORWARDED -> Optional.of(FOR.matcher(element)).filter(Matcher::find).flatMap(found -> node(found.group(1)));
        };
    }

    private static Optional<InetAddress> node(String text) {
        Matcher node = NODE.matcher(text.strip());
        if (!node.matches()) {
            return Optional.empty();
        }
        return Network.address(node.group(1) != null ? node.group(1) : node.group(2) != null ? node.group(2) : node.group(3));
    }
}
