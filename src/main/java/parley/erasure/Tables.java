package parley.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import parley.personal.PersonalData;
import parley.room.RoomHeads;
import parley.sql.Caseless;
import parley.sql.Rows;
import parley.sql.Statements;

/**
 * Replaces a person in the rows of all declared columns, a page for each transaction, in the order of the primary keys. The head of a room
 * is locked while rows of the room change, because the journal derives some of them from what it read before.
 */
@ApplicationScoped
class Tables {

    /** The most rows of one transaction. */
    static final int MOST = 300;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    @Any
    private Instance<PersonalData> owners;
    @Inject
    private RoomHeads heads;
    @Inject
    private ErasureRows erasures;

    /** A row: the values of its key, and the texts of its columns. */
    private record Row(List<Object> key, Map<String, String> texts) {}

    /** All tables that may have something of a person. */
    @Transactional
    List<PersonalTable> all() {
        return Rows.onConnection(em, connection -> PersonalTable.of(
                owners.stream().flatMap(owner -> owner.columns().stream()).toList(), connection));
    }

    /**
     * Works on the next rows after a key, and counts them for the report.
     *
     * @param after the key of the last row of the page before; empty for the first page
     * @return the key of the last row; empty if this was the last page
     */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<Object> page(PersonalTable table, List<Object> after, Erasure erasure, Substitution substitution) {
        String person = erasure.person().orElseThrow();
        PersonalTable.Wanted wanted = new PersonalTable.Wanted(person, Caseless.small(em, substitution.parts()),
                Caseless.small(em, substitution.frameParts()));
        List<Row> page = read(table, after, wanted);
        if (table.hasRoom() && !page.isEmpty()) {
            Set<String> rooms = new TreeSet<>();
            page.forEach(row -> Optional.ofNullable(row.texts().get("room")).ifPresent(rooms::add));
            heads.lock(rooms);
            page = read(table, after, wanted).stream()
                    .filter(row -> row.texts().get("room") == null || rooms.contains(row.texts().get("room"))).toList();
        }
        long deleted = 0;
        long changed = 0;
        for (Row row : page) {
            Optional<PersonalTable.Change> change = table.change(row.texts(), person, substitution, erasure.withContent());
            if (change.isPresent() && store(table, row, change.get()) > 0) {
                deleted += change.get().deleted() ? 1 : 0;
                changed += change.get().deleted() ? 0 : 1;
            }
        }
        erasures.count(erasure.id(), "removed", table.name(), deleted, em);
        erasures.count(erasure.id(), "changed", table.name(), changed, em);
        return page.size() < MOST ? List.of() : page.getLast().key();
    }

    private List<Row> read(PersonalTable table, List<Object> after, PersonalTable.Wanted wanted) {
        String key = String.join(", ", table.key());
        List<Object> arguments = new ArrayList<>(table.arguments(wanted));
        arguments.addAll(after);
        return Statements.query(em, row -> row(table, row), "select " + String.join(", ", table.read()) + " from " + table.name()
                + " where (" + table.condition(wanted) + ")"
                + (after.isEmpty() ? "" : " and (" + key + ") > (" + marks(table.key()) + ")") + " order by " + key + " limit " + MOST,
                arguments.toArray());
    }

    private static Row row(PersonalTable table, ResultSet row) throws SQLException {
        List<Object> key = new ArrayList<>();
        for (String column : table.key()) {
            key.add(row.getObject(column));
        }
        Map<String, String> texts = new HashMap<>();
        for (String column : table.read()) {
            texts.put(column, row.getString(column));
        }
        return new Row(key, texts);
    }

    // Only if the columns still have what was read.
    private int store(PersonalTable table, Row row, PersonalTable.Change change) {
        String where = " where " + String.join(" and ", table.key().stream().map(column -> column + " = ?").toList());
        if (change.deleted()) {
            return Statements.update(em, "delete from " + table.name() + where, row.key().toArray());
        }
        List<Object> arguments = new ArrayList<>();
        Map<String, String> before = new LinkedHashMap<>();
        change.values().forEach((column, value) -> {
            arguments.add(value.isEmpty() && table.nullable().contains(column) ? null : value);
            before.put(column, row.texts().get(column));
        });
        arguments.addAll(row.key());
        arguments.addAll(before.values());
        return Statements.update(em, "update " + table.name() + " set "
                + String.join(", ", change.values().keySet().stream().map(column -> column + " = ?").toList()) + where
                + String.join("", before.keySet().stream().map(column -> " and " + column + " = ?").toList()), arguments.toArray());
    }

    private static String marks(List<String> columns) {
        return String.join(", ", Collections.nCopies(columns.size(), "?"));
    }
}
