package parley.settings;

import static parley.settings.Setting.list;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Which pages the server may fetch to preview links.
 *
 * @param hosts in lower case; {@code *.} before a domain means all hosts below it; empty for all of the public internet
 * @param privateHosts hosts that may have an address that is not public: in lower case, each with or without a port
 */
public record PreviewSettings(List<String> hosts, List<String> privateHosts) {

    private static final Pattern HOST = Pattern.compile("(\\*\\.)?[a-z0-9.-]{1,253}");
    private static final Pattern PRIVATE = Pattern.compile("([a-z0-9.-]{1,253}|\\[[0-9a-f:.]{2,45}])(:[0-9]{1,5})?");

    static PreviewSettings read(Reading in) {
        return new PreviewSettings(
                in.read(list("parley.previews.hosts", host -> lowerCase(host, HOST), "hosts such as `example.com, *.example.org`, with "
                        + "commas between", "If set, only links to these hosts are previewed, and only their pictures are shown. "
                        + "`*.example.org` means all hosts below `example.org`.")),
                in.read(list("parley.previews.private-hosts", host -> lowerCase(host, PRIVATE), "hosts such as `wiki.example.com` or "
                        + "`wiki.example.com:8080`, with commas between", "Hosts of your own network whose pages are previewed, although "
                        + "their addresses are not public. Parley fetches their pages without signing in, and everyone in the room sees "
                        + "the result. A host without a port, and every other host, is reached only on ports 80 and 443.")));
    }

    private static Optional<String> lowerCase(String host, Pattern allowed) {
        return Optional.of(host.toLowerCase(Locale.ROOT)).filter(text -> allowed.matcher(text).matches());
    }
}
