package parley.file;

import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import parley.sql.Rows;
import parley.sql.Statements;

/**
 * Files of messages that a bulk removal deleted. While it can be undone, they stay, and nobody can read them: their row has the negative
 * offset of the message. Each call is part of the running transaction.
 */
public final class RemovedFiles {

    private RemovedFiles() {
    }

    static void hide(Connection connection, String room, long message) throws SQLException {
        Statements.update(connection, "update file set message_offset = ? where room = ? and message_offset = ?", -message, room, message);
    }

    static void show(Connection connection, String room, long message) throws SQLException {
        Statements.update(connection, "update file set message_offset = ? where room = ? and message_offset = ?", message, room, -message);
    }

    /** Deletes the hidden files of a message. */
    public static void delete(String room, long message, EntityManager em) {
        Rows.onConnection(em, connection -> FileDeletion.delete(connection, "room = ? and message_offset = ?", room, -message));
    }
}
