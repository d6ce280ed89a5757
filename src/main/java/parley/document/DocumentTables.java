package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import parley.protocol.Event;
import parley.room.Decision;
import parley.room.DocumentHead;
import parley.room.DocumentLogs;
import parley.sql.Rows;
import parley.sql.Statements;

/** The logs of documents in the tables, for the journal. */
@ApplicationScoped
class DocumentTables implements DocumentLogs {

    private static final String INSERT =
            "insert into document_update (document, version, author, request_key, content, stored_at) values (?, ?, ?, ?, ?, ?)";
    // The old version is a condition, so that nobody can store an update without the lock of the journal.
    private static final String MOVE =
            "update document set version = ?, bytes = bytes + ?, changed_at = ? where id = ? and room = ? and version = ?";

    /** The updates of one document in a batch. */
    private record Growth(String room, long before, long version, long bytes) {

        Growth and(Growth next) {
            return new Growth(room, before, next.version, bytes + next.bytes);
        }
    }

    @Override
    public Optional<DocumentHead> find(String room, String document, EntityManager em) {
        return Statements.query(em, row -> new DocumentHead(row.getString(1), row.getString(2), row.getString(3), row.getLong(4),
                row.getLong(5)), "select id, title, creator, version, bytes from document where room = ? and id = ?", room, document)
                .stream().findFirst();
    }

    @Override
    public OptionalLong version(String document, String author, String key, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1),
                "select version from document_update where document = ? and author = ? and request_key = ?", document, author, key)
                .stream().mapToLong(version -> version).findFirst();
    }

    @Override
    public int count(String room, EntityManager em) {
        return Statements.query(em, row -> row.getInt(1), "select count(*) from document where room = ?", room).getFirst();
    }

    @Override
    public List<Long> titles(String document, EntityManager em) {
        return Statements.query(em, row -> row.getLong(1), "select log_offset from document_title where document = ? order by log_offset",
                document);
    }

    @Override
    public void store(List<Decision.Update> updates, EntityManager em) {
        if (!updates.isEmpty()) {
            Rows.onConnection(em, connection -> {
                move(connection, insert(connection, updates));
                return true;
            });
        }
    }

    private static Map<String, Growth> insert(Connection connection, List<Decision.Update> updates) throws SQLException {
        Map<String, Growth> grown = new LinkedHashMap<>();
        long now = System.currentTimeMillis();
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            for (Decision.Update stored : updates) {
                Event.DocumentUpdated update = stored.update();
                byte[] content = Base64.getDecoder().decode(update.update());
                insert.setString(1, update.document());
                insert.setLong(2, update.version());
                insert.setString(3, update.by().id());
                insert.setString(4, stored.key());
                insert.setBytes(5, content);
                insert.setLong(6, now);
                insert.addBatch();
                grown.merge(update.document(), new Growth(update.room(), update.version() - 1, update.version(), content.length),
                        Growth::and);
            }
            insert.executeBatch();
        }
        return grown;
    }

    private static void move(Connection connection, Map<String, Growth> grown) throws SQLException {
        long now = System.currentTimeMillis();
        for (Map.Entry<String, Growth> document : grown.entrySet()) {
            Growth growth = document.getValue();
            int moved = Statements.update(connection, MOVE, growth.version, growth.bytes, now, document.getKey(), growth.room,
                    growth.before);
            if (moved != 1) {
                throw new PersistenceException("A document has another version than the journal expects");
            }
        }
    }
}
