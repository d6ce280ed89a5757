package parley.hold;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import parley.sql.Rows;
import parley.sql.Statements;

/** The row of table {@code hold_gate}, which orders removals, and holds that begin or end. */
@ApplicationScoped
class Gate {

    private static final String READ = "select active, version from hold_gate where id = 1 for ";

    // Whether the database can share the lock of a row; null until the first call.
    private volatile Boolean sharing;

    /**
     * What the gate says.
     *
     * @param active how many holds are in force
     * @param version the same number means the same holds
     */
    record State(long active, long version) {}

    /** Locks the gate for a removal, until the transaction ends: no hold begins or ends meanwhile. */
    State lock(EntityManager em) {
        return Statements.query(em, row -> new State(row.getLong(1), row.getLong(2)), READ + (isSharing(em) ? "share" : "update"))
                .getFirst();
    }

    /** A hold begins ({@code 1}), ends ({@code -1}) or is swept up after ({@code 0}). Waits for removals and keeps them waiting. */
    void change(int by, EntityManager em) {
        Statements.update(em, "update hold_gate set active = active + ?, version = version + 1 where id = 1", by);
    }

    private boolean isSharing(EntityManager em) {
        if (sharing == null) {
            sharing = Rows.onConnection(em, connection -> connection.getMetaData().getDatabaseProductName().equals("PostgreSQL"));
        }
        return sharing;
    }
}
