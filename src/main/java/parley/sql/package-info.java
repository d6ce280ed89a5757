/**
 * What JPA does not cover: many rows in one statement, and what a SQLSTATE means.
 *
 * <p>Tables that grow with every message are written through {@code Rows}, and what changes with messages through {@code Statements}; all
 * other tables are JPA entities of the package that owns them.
 */
package parley.sql;
