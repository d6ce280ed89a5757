package parley.outgoing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import parley.settings.Network;

/**
 * Which hosts a request may go to: those of the public internet, and those that the administrator lists, each with or without a port.
 * Immutable.
 */
public final class Hosts {

    private static final int HTTP = 80;
    private static final int HTTPS = 443;

    private final List<String> listed;
    private final Lookup names;

    /** @param listed in lower case, such as {@code wiki.example} or {@code wiki.example:8443}; they may have any address */
    public Hosts(List<String> listed) {
        this(listed, InetAddress::getAllByName);
    }

    /** @param names finds the addresses of hosts */
    public Hosts(List<String> listed, Lookup names) {
        this.listed = listed;
        this.names = names;
    }

    /** The name service. */
    public interface Lookup {

        /** All addresses of a host, at least one. */
        InetAddress[] addresses(String host) throws IOException;
    }

    /** A request must not go to this host. */
    public static final class RefusedHost extends IOException {

        private static final long serialVersionUID = 1L;

        /** @param message why */
        public RefusedHost(String message) {
            super(message);
        }
    }

    /** Whether the administrator lists this host alone, or with this port. */
    public boolean isListed(URI target) {
        return listed.contains(name(target)) || isListedWithPort(target);
    }

    /** Whether the administrator lists this host with this port. */
    public boolean isListedWithPort(URI target) {
        return listed.contains(name(target) + ":" + port(target));
    }

    /** Whether the host is an address that is not public, and is not listed. A name is looked up only by {@link #resolve}. */
    public boolean isPrivateAddress(URI target) {
        return !isListed(target) && literal(target).filter(address -> !PublicAddresses.isPublic(address)).isPresent();
    }

    /**
     * The address to connect to. All addresses of the host are checked: one that is not public refuses it. Waits for the name service.
     *
     * @throws RefusedHost if one of the addresses is not public
     * @throws IOException if the host has no address
     */
    public InetAddress resolve(URI target) throws IOException {
        InetAddress[] addresses = names.addresses(target.getHost());
        if (!isListed(target)) {
            for (InetAddress address : addresses) {
                if (!PublicAddresses.isPublic(address)) {
                    throw new RefusedHost("The host has an address that is not public");
                }
            }
        }
        return addresses[0];
    }

    /** The name of the host in lower case. */
    public static String name(URI target) {
        return target.getHost().toLowerCase(Locale.ROOT);
    }

    /** The port that the URL names, or that its scheme has. */
    public static int port(URI target) {
        return target.getPort() >= 0 ? target.getPort() : isHttps(target) ? HTTPS : HTTP;
    }

    static boolean isHttps(URI target) {
        return "https".equalsIgnoreCase(target.getScheme());
    }

    private static Optional<InetAddress> literal(URI target) {
        String host = target.getHost();
        return Network.address(host.startsWith("[") ? host.substring(1, host.length() - 1) : host);
    }
}
