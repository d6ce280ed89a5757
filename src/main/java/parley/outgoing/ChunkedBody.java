package parley.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A body that comes in chunks (RFC 9112 section 7.1). Bytes after the last chunk are not read. For one thread. */
final class ChunkedBody extends InputStream {

    private static final Pattern SIZE = Pattern.compile("([0-9A-Fa-f]{1,12})[ \\t]*(?:;.*)?");
    private static final int LONGEST_LINE = 1_024;

    private final InputStream in;
    private LimitedBody chunk;
    private boolean ended;

    ChunkedBody(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int count = chunk == null ? -1 : chunk.read(into, offset, length);
        while (count < 0 && !ended) {
            next();
            count = ended ? -1 : chunk.read(into, offset, length);
        }
        return count;
    }

    private void next() throws IOException {
        if (chunk != null && !line().isEmpty()) {
            throw new IOException("A chunk is longer than its size says");
        }
        Matcher size = SIZE.matcher(line());
        if (!size.matches()) {
            throw new IOException("A chunk has no size");
        }
        long length = Long.parseLong(size.group(1), 16);
        ended = length == 0;
        chunk = new LimitedBody(in, length);
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() >= LONGEST_LINE) {
                throw new IOException("The line before a chunk does not end");
            }
            line.append((char) c);
        }
        return line.toString().stripTrailing();
    }
}
