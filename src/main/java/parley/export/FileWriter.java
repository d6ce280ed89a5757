package parley.export;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** Writes one file of an export in parts of a fixed length, compressed, and computes its hashes. For one thread. */
final class FileWriter extends OutputStream {

    /** Bytes of every part but the last one. */
    static final int PART = 1 << 20;
    private static final int SMALL = 8 * 1024;

    /** Where parts go. */
    interface Parts {
        void add(int place, int part, byte[] compressed);

        void complete(ExportedFile file);
    }

    private final Parts parts;
    private final int place;
    private final String path;
    private final MessageDigest digest = Hashes.sha256();
    private final CRC32 crc = new CRC32();
    // Grows, because most files are small.
    private byte[] buffer = new byte[SMALL];
    private int length;
    private int part;
    private long total;
    private boolean complete;

    FileWriter(Parts parts, int place, String path) {
        this.parts = parts;
        this.place = place;
        this.path = path;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes) {
        write(bytes, 0, bytes.length);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        int from = offset;
        int left = count;
        while (left > 0) {
            int taken = Math.min(left, PART - length);
            if (buffer.length < length + taken) {
                buffer = Arrays.copyOf(buffer, Math.min(PART, Math.max(buffer.length * 2, length + taken)));
            }
            System.arraycopy(bytes, from, buffer, length, taken);
            length += taken;
            from += taken;
            left -= taken;
            if (length == PART) {
                flushPart();
            }
        }
    }

    private void flushPart() {
        digest.update(buffer, 0, length);
        crc.update(buffer, 0, length);
        total += length;
        parts.add(place, part++, compressed(buffer, length));
        length = 0;
    }

    /** The file is complete. Without this call, it is not in the export. */
    ExportedFile complete() {
        if (complete) {
            throw new IllegalStateException(path + " is complete already");
        }
        complete = true;
        if (length > 0) {
            flushPart();
        }
        ExportedFile file = new ExportedFile(place, path, total, crc.getValue(), Hashes.text(digest), 0);
        parts.complete(file);
        return file;
    }

    static byte[] compressed(byte[] bytes, int length) {
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(bytes, 0, length);
            deflater.finish();
            byte[] out = new byte[length + length / 1_000 + 64];
            int count = 0;
            while (!deflater.finished()) {
                count += deflater.deflate(out, count, out.length - count);
            }
            return Arrays.copyOf(out, count);
        } finally {
            deflater.end();
        }
    }

    /** The bytes of a part; fails if they are not what {@link #compressed} made. */
    static byte[] expanded(byte[] compressed, int length) throws IOException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(compressed);
            byte[] out = new byte[length];
            int count = 0;
            while (count < length) {
                int more = inflater.inflate(out, count, length - count);
                if (more == 0) {
                    throw new IOException("A part of an export is too short");
                }
                count += more;
            }
            return out;
        } catch (DataFormatException damaged) {
            throw new IOException("A part of an export is damaged", damaged);
        } finally {
            inflater.end();
        }
    }
}
