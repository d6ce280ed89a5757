package parley.file;

import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import parley.sql.Statements;

/** Reads and writes table {@code file_chunk}. */
final class Chunks {

    /** The most bytes of a chunk. */
    static final int LARGEST = 256 * 1024;

    /** @param bytes from this place of the file on */
    private record Chunk(long start, byte[] bytes) {}

    private Chunks() {
    }

    static void add(Connection connection, String file, long start, byte[] bytes) throws SQLException {
        Statements.update(connection, "insert into file_chunk (file, start_at, bytes) values (?, ?, ?)", file, start, bytes);
    }

    static void delete(Connection connection, String file) throws SQLException {
        Statements.update(connection, "delete from file_chunk where file = ?", file);
    }

    /** Replaces all bytes of a file. */
    static void replace(Connection connection, String file, byte[] bytes) throws SQLException {
        delete(connection, file);
        for (int from = 0; from < bytes.length; from += LARGEST) {
            add(connection, file, from, Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + LARGEST)));
        }
    }

    /** The bytes of a range, one chunk at a time. */
    static InputStream open(OwnTransaction transactions, String file, long from, long length) {
        return new Reader(transactions, file, from, from + length);
    }

    /** For one thread. Holds one chunk, and no transaction between two chunks. */
    private static final class Reader extends InputStream {
        private final OwnTransaction transactions;
        private final String file;
        private final long end;
        private long at;
        private Chunk chunk = new Chunk(0, new byte[0]);

        Reader(OwnTransaction transactions, String file, long from, long end) {
            this.transactions = transactions;
            this.file = file;
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
            if (at < chunk.start || at >= chunk.start + chunk.bytes.length) {
                chunk = next();
            }
            int skipped = (int) (at - chunk.start);
            int count = (int) Math.min(Math.min(length, chunk.bytes.length - skipped), end - at);
            System.arraycopy(chunk.bytes, skipped, into, offset, count);
            at += count;
            return count;
        }

        private Chunk next() throws IOException {
            List<Chunk> found = transactions.run(connection -> Statements.query(connection,
                    row -> new Chunk(row.getLong(1), row.getBytes(2)),
                    "select start_at, bytes from file_chunk where file = ? and start_at <= ? order by start_at desc limit 1", file, at));
            if (found.isEmpty() || at >= found.getFirst().start + found.getFirst().bytes.length) {
                throw new IOException("Bytes of a file are missing: it was deleted");
            }
            return found.getFirst();
        }
    }
}
