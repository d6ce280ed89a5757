package parley.file;

import parley.sql.Rows;

/** Does something in a transaction of its own, with its connection. */
interface OwnTransaction {

    /** Commits the work, or rolls it back if it throws. A {@link jakarta.persistence.PersistenceException} when the database refuses. */
    <R> R run(Rows.Work<R> work);
}
