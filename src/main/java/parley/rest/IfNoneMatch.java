package parley.rest;

import java.util.Arrays;

/** The header by which a client names the contents that it has (RFC 9110 section 13.1.2). */
final class IfNoneMatch {

    private IfNoneMatch() {
    }

    /**
     * Whether the header names this tag, which has no comma. A proxy that compresses a response makes its tag weak.
     *
     * @param header its value, or null
     */
    static boolean names(String header, String tag) {
        return header != null && Arrays.stream(header.split(",")).map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }
}
