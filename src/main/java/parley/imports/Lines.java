package parley.imports;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;

/** The lines of a file, in order and by position. A line may have {@value #LONGEST} bytes; a longer one is passed over. */
final class Lines implements Closeable {

    /** A post has all replies of its thread in its line. */
    static final int LONGEST = 16 << 20;
    private static final int BUFFER = 1 << 18;

    private final FileChannel file;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).flip();
    private byte[] line = new byte[BUFFER];
    private int length;
    private long position;
    private long next;
    private long number;

    Lines(Path path) throws IOException {
        file = FileChannel.open(path, StandardOpenOption.READ);
    }

    /** Goes to the next line. Returns false at the end of the file. */
    boolean next() throws IOException {
        position = next;
        length = 0;
        boolean any = false;
        while (buffer.hasRemaining() || fill()) {
            any = true;
            int start = buffer.position();
            int end = start;
            while (end < buffer.limit() && buffer.get(end) != '\n') {
                end++;
            }
            append(start, end);
            boolean ended = end < buffer.limit();
            buffer.position(ended ? end + 1 : end);
            next += buffer.position() - start;
            if (ended) {
                break;
            }
        }
        number += any ? 1 : 0;
        return any;
    }

    private boolean fill() throws IOException {
        buffer.clear();
        int count = file.read(buffer);
        buffer.flip();
        return count > 0;
    }

    private void append(int start, int end) {
        int count = end - start;
        if (length > LONGEST || length + count > LONGEST) {
            length = LONGEST + 1;
            return;
        }
        if (length + count > line.length) {
            line = Arrays.copyOf(line, Math.min(LONGEST, Math.max(2 * line.length, length + count)));
        }
        System.arraycopy(buffer.array(), start, line, length, count);
        length += count;
    }

    /** The bytes of this line, as far as {@link #length}; valid until the next one. */
    byte[] bytes() {
        return line;
    }

    /** Without the line break. */
    int length() {
        return length;
    }

    boolean isTooLong() {
        return length > LONGEST;
    }

    /** Where this line begins. */
    long position() {
        return position;
    }

    /** The number of this line, from 1. */
    long number() {
        return number;
    }

    /** The bytes at a position. */
    byte[] at(long start, int count) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(count);
        while (bytes.hasRemaining()) {
            if (file.read(bytes, start + bytes.position()) < 0) {
                throw new EOFException("The export became shorter while it was read");
            }
        }
        return bytes.array();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
