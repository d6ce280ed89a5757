/**
 * What JPA does not cover: many rows in one statement, and what a SQLSTATE means.
 *
 * <p>Tables that grow with every message are written through {@code Rows}; all other tables are JPA entities of the package
 * that owns them.
 */
package parley.sql;
