package parley.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import parley.settings.Network;

/** Maps addresses to the networks that limits count. */
public final class Addresses {

    // The prefix of one subscriber (RFC 6177 section 2), who can use all addresses in it.
    private static final int SITE_BYTES = 8;

    private Addresses() {
    }

    /** The /64 network of an IPv6 address; an IPv4 address, or text that is no address, unchanged. */
    public static String network(String address) {
        return Network.address(address).filter(Inet6Address.class::isInstance).map(Addresses::site).orElse(address);
    }

    private static String site(InetAddress address) {
        try {
            byte[] site = Arrays.copyOf(Arrays.copyOf(address.getAddress(), SITE_BYTES), address.getAddress().length);
            return InetAddress.getByAddress(site).getHostAddress() + "/64";
        } catch (UnknownHostException never) {
            throw new IllegalStateException(never);
        }
    }
}
