package parley.preview;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import parley.file.SharedFiles;
import parley.sql.Statements;

/** The pictures of previews: table {@code preview_picture}. Each call waits for the database. */
@ApplicationScoped
class PreviewPictures {

    private static final int ID_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** A picture and the room whose people may see it. */
    record Stored(String room, SharedFiles.Thumbnail picture) {}

    /** Stores a picture for a message, and returns its id. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    String add(String room, long message, SharedFiles.Thumbnail picture) {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        String id = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Statements.update(em, "insert into preview_picture (id, room, message_offset, type, bytes) values (?, ?, ?, ?, ?)", id, room,
                message, picture.type(), picture.bytes());
        return id;
    }

    /** Deletes the pictures of a message, except these. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void keep(String room, long message, List<String> ids) {
        keep(room, message, ids, em);
    }

    /** The same in the running transaction. */
    static void keep(String room, long message, List<String> ids, EntityManager em) {
        Statements.update(em, "delete from preview_picture where room = ? and message_offset = ? and not (id = any(?))", room, message,
                ids.toArray(String[]::new));
    }

    /** Deletes the pictures of these messages, in the running transaction. */
    static void delete(String room, Long[] messages, EntityManager em) {
        Statements.update(em, "delete from preview_picture where room = ? and message_offset = any(?)", room, messages);
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<Stored> find(String id) {
        return Statements.query(em, row -> new Stored(row.getString(1), new SharedFiles.Thumbnail(row.getString(2), row.getBytes(3))),
                "select room, type, bytes from preview_picture where id = ?", id).stream().findFirst();
    }
}
