package parley.sql;

import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceException;

/**
 * The rows of a room in a range of offsets, in tables with a column {@code room}.
 *
 * @param after the offset before the first
 * @param upTo the last offset
 */
public record Slice(String room, long after, long upTo) {

    /**
     * Replaces these rows of a table by those of another room id, in the running transaction. A {@link PersistenceException} if the
     * database refuses.
     *
     * @param column holds the offset
     */
    public void replaceBy(String other, String table, String column, EntityManager em) {
        String range = " where room = ? and " + column + " > ? and " + column + " <= ?";
        Statements.update(em, "delete from " + table + range, room, after, upTo);
        Statements.update(em, "update " + table + " set room = ?" + range, room, other, after, upTo);
    }
}
