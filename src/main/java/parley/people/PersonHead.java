package parley.people;

import jakarta.persistence.EntityManager;
import parley.sql.Statements;

/** The position of the last change of a person that every instance has to know. In the running transaction. */
final class PersonHead {

    private PersonHead() {
    }

    /** The next position. Locks the head until the transaction ends, so that positions become visible in order. */
    static long next(EntityManager em) {
        Statements.update(em, "update person_head set log_position = log_position + 1 where id = 1");
        return position(em);
    }

    static long position(EntityManager em) {
        return Statements.query(em, row -> row.getLong(1), "select log_position from person_head where id = 1").getFirst();
    }
}
