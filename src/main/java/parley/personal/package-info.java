/**
 * Which columns hold something of a person, and what an erasure does with each.
 *
 * <p>A package that owns tables offers a bean of type {@link parley.personal.PersonalData}, which declares every column that can hold an
 * id, a name or a text of a person. {@code erasure} works on what they declare, so a new table edits no list. {@code PersonColumnsTest}
 * reads the schema and fails for a column that nobody declared.
 *
 * <p>Owns no tables and decides nothing. Any package may use it.
 */
package parley.personal;
