package parley.erasure;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import parley.personal.PersonalColumn;
import parley.personal.PersonalColumn.Treatment;
import parley.sql.Tables;

/** Every column that may hold something of a person has an owner that says what an erasure does with it. */
class PersonColumnsTest {

    private static final Pattern LIKE_A_PERSON = Pattern.compile("person|people|user|author|actor|owner|creator|starter|ender|reporter|"
            + "name|subject|member|blocked|mention|address|note|picture|status_|(^|_)by$|unsubscribe");
    /** Texts of this length and more may be of people, whatever the name of their column. */
    private static final int TEXT = 128;
    /** What looks like a person and is none, in tables whose packages have nothing of people. */
    private static final Map<String, String> NONE = Map.of(
            "call_participant.node", "an instance", "flyway_schema_history.*", "migrations", "person.status_emoji", "goes with its row",
            "person.status_until", "goes with its row", "mail_address.unsubscribe", "goes with its row",
            "mail_address.wanted", "goes with its row", "access_ended.ended_at", "a time", "room.posting", "a setting");

    private static final Tables TABLES = new Tables();
    private static final List<PersonalColumn> DECLARED = new ArrayList<>();

    private record Column(String table, String name, String type, long length) {

        boolean isBytes() {
            return type.contains("BINARY");
        }

        boolean isText() {
            return type.contains("CHAR");
        }

        boolean looksPersonal() {
            return isBytes() || isText() && (length >= TEXT || LIKE_A_PERSON.matcher(name).find())
                    || type.equals("BIGINT") && name.equals("person");
        }

        String path() {
            return table + "." + name;
        }
    }

    @BeforeAll
    static void migrateAndFindOwners() throws Exception {
        for (String file : Schema.migrations()) {
            TABLES.migrate(file);
        }
        DECLARED.addAll(Schema.declared());
    }

    private static List<Column> schema() {
        List<Column> found = new ArrayList<>();
        TABLES.run(running -> {
            try (ResultSet row = running.connection().createStatement().executeQuery("select table_name, column_name, data_type, "
                    + "character_maximum_length from information_schema.columns where table_schema = 'PUBLIC'")) {
                while (row.next()) {
                    found.add(new Column(row.getString(1).toLowerCase(Locale.ROOT), row.getString(2).toLowerCase(Locale.ROOT),
                            row.getString(3), row.getLong(4)));
                }
            } catch (SQLException broken) {
                throw new IllegalStateException(broken);
            }
        });
        return found;
    }

    @Test
    void everyColumnThatMayHoldSomethingOfAPersonIsDeclared() {
        Set<String> declared = DECLARED.stream().map(column -> column.table() + "." + column.column()).collect(Collectors.toSet());
        Set<String> missing = new TreeSet<>(schema().stream().filter(Column::looksPersonal).map(Column::path)
                .filter(path -> !declared.contains(path) && !NONE.containsKey(path)).toList());
        assertThat(missing).as("declare each of these in the PersonalData of its package").isEmpty();
    }

    @Test
    void everyDeclaredColumnExists() {
        Set<String> there = schema().stream().map(Column::path).collect(Collectors.toSet());
        assertThat(DECLARED).allSatisfy(column -> assertThat(there).contains(column.table() + "." + column.column()));
        assertThat(DECLARED.stream().filter(PersonalColumn::isOf)).allSatisfy(column ->
                assertThat(there).contains(column.table() + "." + column.of()));
    }

    @Test
    void onePackageDeclaresAColumnOnceAndSaysWhyItStays() {
        Map<String, Treatment> seen = new HashMap<>();
        assertThat(DECLARED).allSatisfy(column -> {
            assertThat(seen.put(column.table() + "." + column.column(), column.treatment())).as("%s", column).isNull();
            if (Set.of(Treatment.STAYS, Treatment.ELSEWHERE).contains(column.treatment())) {
                assertThat(column.why()).as("%s", column).isNotBlank();
            }
        });
    }

    @Test
    void whatSaysWhoseAColumnIsHasAnIdThatIsReplacedOrDeleted() {
        assertThat(DECLARED.stream().filter(PersonalColumn::isOf)).allSatisfy(column -> assertThat(DECLARED).as("%s", column)
                .anyMatch(of -> of.table().equals(column.table()) && of.column().equals(column.of())
                        && Set.of(Treatment.ID, Treatment.ROWS, Treatment.CONTENT).contains(of.treatment())));
    }

    @Test
    void tablesOfDeclaredColumnsHavePrimaryKeys() {
        TABLES.run(running -> assertThat(tables(running.connection())).isNotEmpty().allSatisfy(table ->
                assertThat(table.key()).as(table.name()).isNotEmpty()));
    }

    private static List<PersonalTable> tables(Connection connection) {
        try {
            return PersonalTable.of(DECLARED, connection);
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }
}
