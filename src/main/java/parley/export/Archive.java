package parley.export;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/**
 * The archive of an export: a ZIP file (ZIP64, entries uncompressed, all of the same time) whose layout follows from the list of its files.
 * So any range of it can be made without the others, and the same files are the same archive. Pure, except for the source.
 */
final class Archive {

    /** Where the files are. */
    interface Source {
        /** Some files from the one that has the byte at {@code at} of the archive on, in order; none behind the last one. */
        List<ExportedFile> from(long at);

        /** The bytes of a part of a file. */
        byte[] part(ExportedFile file, int part) throws IOException;
    }

    /**
     * How long the parts of an archive are.
     *
     * @param files how many it has
     * @param directory where its list of files begins
     * @param end where the record behind this list begins
     */
    record Shape(long files, long directory, long end) {

        long length() {
            return end + END;
        }
    }

    private static final int LOCAL = 30 + 20;
    private static final int CENTRAL = 46 + 28;
    private static final int END = 56 + 20 + 22;
    private static final short VERSION = 45;
    private static final short UTF8 = 0x0800;
    private static final short FIRST_DAY = 0x21; // 1 January 1980
    private static final int IN_EXTRA = -1;

    private Archive() {
    }

    /** Where the next file begins. */
    static long after(ExportedFile file) {
        return file.start() + LOCAL + file.path().length() + file.bytes();
    }

    /**
     * The shape of an archive.
     *
     * @param paths characters of all paths together
     */
    static Shape shape(long files, long paths, ExportedFile last) {
        long directory = after(last);
        return new Shape(files, directory, directory + files * CENTRAL + paths);
    }

    /** A range of the archive. */
    static InputStream open(Shape shape, Source source, long from, long length) {
        return new Bytes(shape, source, from, Math.min(shape.length(), from + length));
    }

    private static byte[] local(ExportedFile file) {
        return record(LOCAL + file.path().length()).putInt(0x04034b50).putShort(VERSION).putShort(UTF8).putShort((short) 0)
                .putShort((short) 0).putShort(FIRST_DAY).putInt((int) file.crc()).putInt(IN_EXTRA).putInt(IN_EXTRA)
                .putShort((short) file.path().length()).putShort((short) 20).put(path(file))
                .putShort((short) 1).putShort((short) 16).putLong(file.bytes()).putLong(file.bytes()).array();
    }

    private static byte[] central(ExportedFile file) {
        return record(CENTRAL + file.path().length()).putInt(0x02014b50).putShort(VERSION).putShort(VERSION).putShort(UTF8)
                .putShort((short) 0).putShort((short) 0).putShort(FIRST_DAY).putInt((int) file.crc()).putInt(IN_EXTRA).putInt(IN_EXTRA)
                .putShort((short) file.path().length()).putShort((short) 28).putShort((short) 0).putShort((short) 0).putShort((short) 0)
                .putInt(0).putInt(IN_EXTRA).put(path(file))
                .putShort((short) 1).putShort((short) 24).putLong(file.bytes()).putLong(file.bytes()).putLong(file.start()).array();
    }

    private static byte[] end(Shape shape) {
        return record(END).putInt(0x06064b50).putLong(44).putShort(VERSION).putShort(VERSION).putInt(0).putInt(0).putLong(shape.files)
                .putLong(shape.files).putLong(shape.end - shape.directory).putLong(shape.directory)
                .putInt(0x07064b50).putInt(0).putLong(shape.end).putInt(1)
                .putInt(0x06054b50).putShort((short) 0).putShort((short) 0).putShort((short) -1).putShort((short) -1).putInt(IN_EXTRA)
                .putInt(IN_EXTRA).putShort((short) 0).array();
    }

    private static ByteBuffer record(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static byte[] path(ExportedFile file) {
        return file.path().getBytes(StandardCharsets.US_ASCII);
    }

    /** Makes the bytes while they are read. For one thread. Holds one part and some files. */
    private static final class Bytes extends InputStream {
        private final Shape shape;
        private final Source source;
        private final long end;
        private final Deque<ExportedFile> files = new ArrayDeque<>();
        private long at;
        private byte[] piece = new byte[0];
        private int used;
        /** Where the entry of the next file in the directory begins; -1 before the directory. */
        private long entry = -1;

        Bytes(Shape shape, Source source, long from, long end) {
            this.shape = shape;
            this.source = source;
            this.at = from;
            this.end = end;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (at >= end) {
                return -1;
            }
            if (used == piece.length) {
                piece = at < shape.directory ? ofFiles() : at < shape.end ? ofDirectory() : rest(end(shape), at - shape.end);
                used = 0;
            }
            int count = (int) Math.min(Math.min(length, piece.length - used), end - at);
            System.arraycopy(piece, used, into, offset, count);
            used += count;
            at += count;
            return count;
        }

        private static byte[] rest(byte[] bytes, long from) {
            return from == 0 ? bytes : Arrays.copyOfRange(bytes, (int) from, bytes.length);
        }

        private byte[] ofFiles() throws IOException {
            while (!files.isEmpty() && after(files.peek()) <= at) {
                files.poll();
            }
            ExportedFile file = next(at);
            int header = LOCAL + file.path().length();
            long inFile = at - file.start() - header;
            if (inFile < 0) {
                return rest(local(file), at - file.start());
            }
            return rest(source.part(file, (int) (inFile / FileWriter.PART)), inFile % FileWriter.PART);
        }

        private byte[] ofDirectory() throws IOException {
            if (entry < 0) {
                entry = shape.directory;
                files.clear();
                files.addAll(source.from(0));
            }
            while (true) {
                ExportedFile file = next(-1);
                files.poll();
                byte[] record = central(file);
                long begin = entry;
                entry += record.length;
                if (files.isEmpty()) {
                    files.addAll(source.from(after(file)));
                }
                if (at < entry) {
                    return rest(record, at - begin);
                }
            }
        }

        private ExportedFile next(long from) throws IOException {
            if (files.isEmpty() && from >= 0) {
                files.addAll(source.from(from));
            }
            if (files.isEmpty()) {
                throw new IOException("The files of an export are gone");
            }
            return files.peek();
        }
    }
}
