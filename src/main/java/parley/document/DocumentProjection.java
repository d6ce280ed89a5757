package parley.document;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.List;
import parley.protocol.DocumentChange;
import parley.protocol.RoomEvent;
import parley.room.Projection;
import parley.sql.Rows;
import parley.sql.Slice;
import parley.sql.Statements;

/**
 * Creates, renames and deletes the rows of documents from the events of their room. Updates are not in the room's log, so a rebuild does
 * not change documents.
 */
@ApplicationScoped
class DocumentProjection implements Projection {

    private static final List<String> CONTENT = List.of("document_update", "document_snapshot", "document_snapshot_part",
            "document_title", "document_text");

    @Override
    public void project(List<RoomEvent> events, boolean copied, EntityManager em) {
        for (RoomEvent event : events) {
            if (event.change() instanceof DocumentChange change) {
                project(event, change, em);
            }
        }
    }

    private static void project(RoomEvent event, DocumentChange change, EntityManager em) {
        switch (change) {
            case DocumentChange.Created created -> {
                long at = event.at().toEpochMilli();
                Statements.update(em, """
                        insert into document (id, room, title, creator, version, base, bytes, created_at, changed_at)
                        values (?, ?, ?, ?, 0, 0, 0, ?, ?)""", created.document(), event.room(), created.title(), event.by().id(), at, at);
                addTitle(event, created.document(), em);
            }
            case DocumentChange.Renamed renamed -> {
                Statements.update(em, "update document set title = ? where id = ? and room = ?", renamed.title(), renamed.document(),
                        event.room());
                addTitle(event, renamed.document(), em);
            }
            case DocumentChange.Deleted deleted -> delete(deleted.document(), em);
        }
    }

    private static void addTitle(RoomEvent event, String document, EntityManager em) {
        Statements.update(em, "insert into document_title (document, log_offset) values (?, ?)", document, event.offset());
    }

    /** Deletes a document with its content, in the running transaction. */
    static void delete(String document, EntityManager em) {
        // The document first, which waits for a transaction that has locked it: what that one stores meanwhile is deleted with the rest.
        Statements.update(em, "delete from document where id = ?", document);
        CONTENT.forEach(table -> Statements.update(em, "delete from " + table + " where document = ?", document));
    }

    @Override
    public List<Rows.Insertion<?>> insertions(List<RoomEvent> posts, boolean copied) {
        return List.of();
    }

    @Override
    public void forget(String room, long upTo, EntityManager em) {
        // Documents have no messages.
    }

    @Override
    public void replace(Slice slice, String other, boolean copied, EntityManager em) {
        // Documents have no messages.
    }
}
