package parley.people;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;
import java.sql.Connection;
import java.sql.SQLException;
import parley.sql.Rows;
import parley.sql.Statements;

/**
 * Lets the requests of one person take turns, on all instances: a request that counts what the person has and then adds to it would
 * otherwise not count what another one is adding. Someone whose first sign-in is not written yet has no turn.
 */
public final class Turns {

    private static final String LOCK = "select id from person where id = ? for update";

    private Turns() {
    }

    /**
     * Waits for the other requests of this person, and takes the turn until the running transaction ends. What is counted has to be read
     * after that. A {@link PersistenceException} if the database refuses.
     */
    public static void take(String person, EntityManager em) {
        Rows.onConnection(em, connection -> {
            take(person, connection);
            return null;
        });
    }

    /** The same on any connection. */
    public static void take(String person, Connection connection) throws SQLException {
        Statements.query(connection, row -> row.getString(1), LOCK, person);
    }
}
