package parley.file;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import parley.sql.Rows;
import parley.sql.Statements;

/**
 * Files whose bytes stay although their message or room is gone. They leave table {@code file} for {@code file_held}: no room has them,
 * they count for no quota, and their former owner can't find them. Waits for the database.
 */
@ApplicationScoped
public class HeldFiles {

    @Inject
    private OwnTransaction transactions;

    /**
     * Takes those of these files that messages of the room carry, in the running transaction, and returns their ids. Call it before the
     * message is deleted.
     */
    public List<String> take(String room, Collection<String> files, EntityManager em) {
        if (files.isEmpty()) {
            return List.of();
        }
        Object wanted = files.toArray(String[]::new);
        List<String> found = Statements.query(em, row -> row.getString(1),
                "select id from file where room = ? and id = any(?) and message_offset is not null order by id for update", room, wanted);
        if (!found.isEmpty()) {
            Object taken = found.toArray(String[]::new);
            Statements.update(em, "insert into file_held (" + StoredFile.COLUMNS + ") select " + StoredFile.COLUMNS
                    + " from file where id = any(?)", taken);
            Statements.update(em, "delete from file where id = any(?)", taken);
        }
        return found;
    }

    /** Deletes these files with their bytes, in the running transaction. Those that are not held stay. */
    public void free(Collection<String> files, EntityManager em) {
        Rows.onConnection(em, connection -> FileDeletion.deleteHeld(connection, List.copyOf(files)));
    }

    /** A held file. */
    public Optional<StoredFile> find(String id) {
        return transactions.run(connection -> Statements.query(connection, StoredFile::of, "select " + StoredFile.COLUMNS
                + " from file_held where id = ?", id)).stream().findFirst();
    }
}
