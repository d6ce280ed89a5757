package parley.file;

import java.io.IOException;
import java.io.InputStream;
import parley.sql.Statements;

/** The bytes of files in table {@code file_chunk}, where uploads arrive too. */
final class DatabaseStore implements FileStore {

    private final OwnTransaction transactions;

    DatabaseStore(OwnTransaction transactions) {
        this.transactions = transactions;
    }

    @Override
    public void put(String id, long size, Source source) throws IOException {
        delete(id);
        try (InputStream bytes = source.open()) {
            long start = 0;
            byte[] chunk = bytes.readNBytes(Chunks.LARGEST);
            while (chunk.length > 0) {
                long at = start;
                byte[] next = chunk;
                transactions.run(connection -> {
                    Chunks.add(connection, id, at, next);
                    return true;
                });
                start += chunk.length;
                chunk = bytes.readNBytes(Chunks.LARGEST);
            }
        }
    }

    @Override
    public InputStream open(String id, long from, long length) throws IOException {
        boolean there = transactions.run(connection -> !Statements.query(connection, row -> true,
                "select 1 from file_chunk where file = ? limit 1", id).isEmpty());
        if (!there && length > 0) {
            throw new IOException("There is no such file in the database");
        }
        return Chunks.open(transactions, id, from, length);
    }

    @Override
    public void delete(String id) {
        transactions.run(connection -> {
            Chunks.delete(connection, id);
            return true;
        });
    }
}
