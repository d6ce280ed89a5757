package parley.limits;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import parley.settings.Network;

/** Addresses as limits count them. */
final class Addresses {

    // What one subscriber is given (RFC 6177 section 2): who has it has all addresses in it.
    private static final int BYTES_OF_A_SITE = 8;

    private Addresses() {
    }

    /** An IPv4 address as it is, an IPv6 address as the /64 that it is of; whatever is no address as it is. */
    static String network(String address) {
        return Network.address(address).filter(Inet6Address.class::isInstance).map(Addresses::site).orElse(address);
    }

    private static String site(InetAddress address) {
        try {
            byte[] site = Arrays.copyOf(Arrays.copyOf(address.getAddress(), BYTES_OF_A_SITE), address.getAddress().length);
            return InetAddress.getByAddress(site).getHostAddress() + "/64";
        } catch (UnknownHostException never) {
            throw new IllegalStateException(never);
        }
    }
}
