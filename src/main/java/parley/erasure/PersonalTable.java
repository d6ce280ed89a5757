package parley.erasure;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import parley.personal.PersonalColumn;
import parley.personal.PersonalColumn.Treatment;
import parley.protocol.Codec;

/**
 * A table with columns that an erasure works on: which rows to look for, and what becomes of each. The columns come from declarations in
 * the code, never from people.
 *
 * @param key the columns of the primary key
 * @param nullable the columns that may be null
 * @param hasRoom whether a column {@code room} says which room a row belongs to
 */
record PersonalTable(String name, List<PersonalColumn> columns, List<String> key, Set<String> nullable, boolean hasRoom) {

    private static final Set<Treatment> UNTOUCHED = Set.of(Treatment.ELSEWHERE, Treatment.STAYS);

    /** What becomes of a row: it is deleted, or these columns change. */
    record Change(boolean deleted, Map<String, String> values) {}

    /** The tables of these columns, by name. Those without such columns are left out. */
    static List<PersonalTable> of(List<PersonalColumn> all, Connection connection) throws SQLException {
        Map<String, List<PersonalColumn>> tables = all.stream().filter(column -> !UNTOUCHED.contains(column.treatment()))
                .collect(Collectors.groupingBy(PersonalColumn::table, TreeMap::new, Collectors.toList()));
        List<PersonalTable> found = new ArrayList<>();
        for (Map.Entry<String, List<PersonalColumn>> table : tables.entrySet()) {
            found.add(of(table.getKey(), table.getValue(), connection.getMetaData()));
        }
        return found;
    }

    private static PersonalTable of(String name, List<PersonalColumn> columns, DatabaseMetaData data) throws SQLException {
        String stored = data.storesUpperCaseIdentifiers() ? name.toUpperCase(Locale.ROOT) : name;
        Map<Short, String> key = new TreeMap<>();
        try (ResultSet rows = data.getPrimaryKeys(null, null, stored)) {
            while (rows.next()) {
                key.put(rows.getShort("KEY_SEQ"), rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT));
            }
        }
        Set<String> all = new LinkedHashSet<>();
        Set<String> nullable = new LinkedHashSet<>();
        try (ResultSet rows = data.getColumns(null, null, stored, null)) {
            while (rows.next()) {
                String column = rows.getString("COLUMN_NAME").toLowerCase(Locale.ROOT);
                all.add(column);
                if (rows.getInt("NULLABLE") == DatabaseMetaData.columnNullable) {
                    nullable.add(column);
                }
            }
        }
        if (key.isEmpty() || !columns.stream().allMatch(column -> all.contains(column.column()))) {
            throw new IllegalStateException("Table " + name + " has no primary key, or lacks a column that a package declares");
        }
        return new PersonalTable(name, List.copyOf(columns), List.copyOf(key.values()), nullable, all.contains("room"));
    }

    /** The columns that a row needs: the key, what is declared, and whose it is. */
    List<String> read() {
        Set<String> names = new LinkedHashSet<>(key);
        columns.forEach(column -> {
            names.add(column.column());
            if (column.isOf()) {
                names.add(column.of());
            }
        });
        if (hasRoom) {
            names.add("room");
        }
        return List.copyOf(names);
    }

    /**
     * What to look for, in the small letters of the database.
     *
     * @param inTexts parts of texts
     * @param inFrames parts of JSON
     */
    record Wanted(String person, List<String> inTexts, List<String> inFrames) {}

    /** The condition for rows that may change. */
    String condition(Wanted wanted) {
        return String.join(" or ", conditions(wanted).keySet());
    }

    /** The arguments of {@link #condition}. */
    List<Object> arguments(Wanted wanted) {
        return conditions(wanted).values().stream().<Object>flatMap(List::stream).toList();
    }

    private Map<String, List<String>> conditions(Wanted wanted) {
        Map<String, List<String>> conditions = new LinkedHashMap<>();
        List<String> person = List.of(wanted.person);
        for (PersonalColumn column : columns) {
            switch (column.treatment()) {
                case ROWS, CONTENT, ID -> conditions.put(column.column() + " = ?", person);
                case NAME, CLEARED -> conditions.put(column.of() + " = ?", person);
                case CLEARED_CONTENT -> {
                    conditions.put(column.of() + " = ?", person);
                    conditions.put(anyOf(column, wanted.inTexts), wanted.inTexts);
                }
                case IDS -> conditions.put("position(? in " + column.column() + ") > 0", person);
                case TEXT -> conditions.put(anyOf(column, wanted.inTexts), wanted.inTexts);
                case JSON, FRAME -> conditions.put(anyOf(column, wanted.inFrames), wanted.inFrames);
                case ELSEWHERE, STAYS -> { }
            }
        }
        return conditions;
    }

    private static String anyOf(PersonalColumn column, List<String> parts) {
        return String.join(" or ", Collections.nCopies(parts.size(), "position(? in lower(" + column.column() + ")) > 0"));
    }

    /**
     * What becomes of a row; empty if nothing.
     *
     * @param row its values, by column; null where it has none
     */
    Optional<Change> change(Map<String, String> row, String person, Substitution substitution, boolean withContent) {
        Map<String, String> values = new LinkedHashMap<>();
        for (PersonalColumn column : columns) {
            String before = row.get(column.column());
            if (isDeleted(column, person.equals(before), withContent)) {
                return Optional.of(new Change(true, Map.of()));
            }
            if (before != null) {
                String now = values.getOrDefault(column.column(), before);
                String after = value(column, now, person.equals(row.get(column.of())), substitution, withContent);
                if (!after.equals(now)) {
                    values.put(column.column(), after);
                }
            }
        }
        return values.isEmpty() ? Optional.empty() : Optional.of(new Change(false, values));
    }

    private static boolean isDeleted(PersonalColumn column, boolean isPerson, boolean withContent) {
        return isPerson && (column.treatment() == Treatment.ROWS || column.treatment() == Treatment.CONTENT && withContent);
    }

    private static String value(PersonalColumn column, String value, boolean isOfPerson, Substitution substitution, boolean withContent) {
        return switch (column.treatment()) {
            case ROWS, CONTENT, ID -> substitution.id(value);
            case NAME -> isOfPerson ? Erasure.SHOWN_AS : value;
            case CLEARED -> isOfPerson ? "" : value;
            case CLEARED_CONTENT -> isOfPerson && withContent ? "" : substitution.text(value);
            case IDS -> substitution.ids(value);
            case TEXT -> substitution.text(value);
            case JSON -> substitution.json(value);
            case FRAME -> Codec.encode(substitution.event(Codec.decodeEvent(value))).text();
            case ELSEWHERE, STAYS -> value;
        };
    }
}
