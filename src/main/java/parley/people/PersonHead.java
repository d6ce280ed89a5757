package parley.people;

import jakarta.persistence.EntityManager;
import parley.sql.Statements;

/** The position of the last change of one kind that every instance has to know. In the running transaction. */
enum PersonHead {
    NAMES(1), ACCESS(2), KEYWORDS(3);

    private final int id;

    PersonHead(int id) {
        this.id = id;
    }

    /** The next position. Locks the head until the transaction ends, so that positions become visible in order. */
    long next(EntityManager em) {
        Statements.update(em, "update person_head set log_position = log_position + 1 where id = ?", id);
        return position(em);
    }

    long position(EntityManager em) {
        return Statements.query(em, row -> row.getLong(1), query()).getFirst();
    }

    /** The query of the position. */
    String query() {
        return "select log_position from person_head where id = " + id;
    }
}
