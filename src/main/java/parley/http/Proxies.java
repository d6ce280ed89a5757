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
 * Where a request comes from: the address of its sender, or, where that is one of {@code parley.proxies}, the one that
 * this proxy says, and so on until somebody who is none of them. What whoever is no proxy says is never believed, and of
 * the two headers only the one that the proxies are said to write.
 */
@ApplicationScoped
public class Proxies {

    // RFC 7239 section 4: the pair `for` of one element, perhaps quoted.
    private static final Pattern FOR = Pattern.compile("(?:^|;)\\s*for\\s*=\\s*\"?([^\";]*)\"?\\s*(?:;|$)", Pattern.CASE_INSENSITIVE);
    // An address, perhaps with a port: 192.0.2.1:4711, [2001:db8::1]:4711.
    private static final Pattern NODE = Pattern.compile("\\[([^\\]]+)\\](?::\\d+)?|([0-9.]+):\\d+|(.*)");

    @Inject
    private Settings settings;

    /** The address that this request comes from, in its usual writing. */
    public String address(HttpServletRequest request) {
        ForwardedHeader header = settings.proxies().header();
        return address(request.getRemoteAddr(), Collections.list(request.getHeaders(header.field())), header, settings.proxies().trusted());
    }

    /** The same from what a request holds: its sender, and the lines of the header. */
    static String address(String sender, List<String> lines, ForwardedHeader header, List<Network> proxies) {
        Optional<InetAddress> here = Network.address(sender);
        if (here.isEmpty()) {
            return sender;
        }
        InetAddress from = here.get();
        // Every proxy adds its word at the end; commas part them, and what a client put into quotes lies before them.
        List<String> said = lines.stream().flatMap(line -> Arrays.stream(line.split(","))).toList();
        for (int last = said.size() - 1; last >= 0 && isProxy(from, proxies); last--) {
            Optional<InetAddress> before = said(said.get(last), header);
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

    private static Optional<InetAddress> said(String word, ForwardedHeader header) {
        return switch (header) {
            case X_FORWARDED_FOR -> node(word);
            case FORWARDED -> Optional.of(FOR.matcher(word)).filter(Matcher::find).flatMap(found -> node(found.group(1)));
        };
    }

    private static Optional<InetAddress> node(String word) {
        Matcher node = NODE.matcher(word.strip());
        if (!node.matches()) {
            return Optional.empty();
        }
        return Network.address(node.group(1) != null ? node.group(1) : node.group(2) != null ? node.group(2) : node.group(3));
    }
}
