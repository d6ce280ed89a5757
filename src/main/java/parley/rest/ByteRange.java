package parley.rest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The range of bytes that a request asks for.
 *
 * @param last inclusive
 * @param isAsked whether the client asked for a range, so that the response is partial
 */
record ByteRange(long first, long last, boolean isAsked) {

    // One range. A client that asks for several gets all of it (RFC 9110 section 14.2).
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]{0,16})-([0-9]{0,16})");

    long length() {
        return last - first + 1;
    }

    /** The value of {@code Content-Range}. */
    String of(long size) {
        return "bytes " + first + "-" + last + "/" + size;
    }

    /**
     * What the headers of a request ask for; empty if there are no such bytes.
     *
     * @param range {@code Range}, or null
     * @param ifRange {@code If-Range}, or null: another tag than this one means all bytes
     */
    static Optional<ByteRange> of(String range, String ifRange, String tag, long size) {
        Matcher asked = RANGE.matcher(range == null || ifRange != null && !ifRange.equals(tag) ? "" : range.strip());
        if (!asked.matches() || asked.group(1).isEmpty() && asked.group(2).isEmpty()) {
            return Optional.of(new ByteRange(0, size - 1, false));
        }
        if (asked.group(1).isEmpty()) {
            long count = Math.min(size, Long.parseLong(asked.group(2)));
            return count == 0 ? Optional.empty() : Optional.of(new ByteRange(size - count, size - 1, true));
        }
        long first = Long.parseLong(asked.group(1));
        long last = asked.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(asked.group(2)));
        return first > last ? Optional.empty() : Optional.of(new ByteRange(first, last, true));
    }
}
