package parley.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A range of addresses with the same leading bits, such as {@code 10.0.0.0/8} or {@code fd00::/8} (RFC 4632 section 3.1, RFC 4291
 * section 2.3), or a single address. Immutable.
 */
public final class Network {

    private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(?:\\." + OCTET + "){3}");
    // InetAddress looks up names. It parses or rejects text with a colon, and never looks it up.
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");
    private static final Pattern RANGE = Pattern.compile("([^/]+)(?:/(\\d{1,3}))?");
    private static final int LONGEST_LITERAL = 45;

    private final String text;
    private final byte[] address;
    private final int bits;

    private Network(String text, byte[] address, int bits) {
        this.text = text;
        this.address = address;
        this.bits = bits;
    }

    /** Parses an address or a range; empty if the text is neither. */
    public static Optional<Network> of(String range) {
        Matcher parts = RANGE.matcher(range);
        if (!parts.matches()) {
            return Optional.empty();
        }
        return address(parts.group(1)).map(InetAddress::getAddress).map(bytes -> new Network(range, bytes,
                parts.group(2) == null ? bytes.length * 8 : Integer.parseInt(parts.group(2)))).filter(Network::isValid);
    }

    /** Parses an IPv4 or IPv6 address; empty if the text is neither. Never looks up a name. */
    public static Optional<InetAddress> address(String literal) {
        String plain = literal.split("%", 2)[0];
        boolean valid = plain.length() <= LONGEST_LITERAL && (IPV4.matcher(plain).matches() || IPV6.matcher(plain).matches());
        try {
            return valid ? Optional.of(InetAddress.getByName(plain)) : Optional.empty();
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    /** Whether the range contains this address. */
    public boolean contains(InetAddress candidate) {
        byte[] other = candidate.getAddress();
        if (other.length != address.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> bit % 8;
            if ((address[bit / 8] & mask) != (other[bit / 8] & mask)) {
                return false;
            }
        }
        return true;
    }

    private boolean isValid() {
        return bits <= address.length * 8;
    }

    /** The range as it was configured. */
    @Override
    public String toString() {
        return text;
    }
}
