package parley.outgoing;

import java.io.IOException;
import java.io.InputStream;

/** The next bytes of a stream, up to a length. For one thread. */
final class LimitedBody extends InputStream {

    private final InputStream in;
    private long left;

    LimitedBody(InputStream in, long length) {
        this.in = in;
        this.left = length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    /** Throws an {@link IOException} if the stream ends too early. */
    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        if (left == 0) {
            return -1;
        }
        int count = in.read(into, offset, (int) Math.min(length, left));
        if (count < 0) {
            throw new IOException("The body ended too early");
        }
        left -= count;
        return count;
    }
}
