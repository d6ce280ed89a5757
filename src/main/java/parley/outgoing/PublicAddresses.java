package parley.outgoing;

import java.net.InetAddress;
import java.util.List;
import parley.settings.Network;

/** Which addresses belong to the public internet. Pure. */
public final class PublicAddresses {

    /** Special ranges (IANA's registries of RFC 6890) that {@link InetAddress} has no method for. */
    private static final List<Network> SPECIAL = List.of("0.0.0.0/8", "100.64.0.0/10", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
            // Unique local and site local addresses, and those that carry an IPv4 address, which a gateway could translate back.
            "::/96", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20", "5f00::/16",
            "fc00::/7", "fec0::/10").stream().map(range -> Network.of(range).orElseThrow()).toList();

    private PublicAddresses() {
    }

    /** Whether this is an address of the public internet. */
    public static boolean isPublic(InetAddress address) {
        return !address.isAnyLocalAddress() && !address.isLoopbackAddress() && !address.isLinkLocalAddress()
                && !address.isSiteLocalAddress() && !address.isMulticastAddress()
                && SPECIAL.stream().noneMatch(range -> range.contains(address));
    }
}
