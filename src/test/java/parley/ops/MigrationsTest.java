package parley.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * During a rolling upgrade, the previous version works on the new schema. So a migration may only add what the previous version can ignore.
 * A removal comes two versions later and is listed in {@link #ALLOWED_REMOVALS}.
 */
class MigrationsTest {

    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "src/main/resources/db/migration");
    /** Migrations of the first release, which has no previous version. */
    private static final List<String> FIRST_RELEASE = List.of("V1__", "V2__", "V3__", "V4__", "V5__", "V6__", "V7__", "V8__",
            "V20__", "V21__");
    /** Statements that remove what no supported version uses. */
    private static final List<String> ALLOWED_REMOVALS = List.of("alter table document_snapshot drop column content");
    /** Statements that let a column hold more: the previous version writes no more than before, and reads what is longer. */
    private static final List<String> WIDENING = List.of("alter table person alter column name set data type varchar(255)",
            "alter table notification alter column actor_name set data type varchar(255)");

    private static final List<Pattern> BREAKS_THE_PREVIOUS_VERSION = Stream.of("drop (table|column|view|schema)",
            "rename (to|column|table)",
            "set not null", "add( column)? (?!.*default)\\S+ .*not null", "add (constraint|unique|check|foreign|primary)",
            "create unique index",
            "set data type", "alter column \\S+ type", "truncate",
            "delete from (room|room_event|message|membership|restraint|audit_entry)\\b",
            "create( or replace)? (trigger|rule)").map(Pattern::compile).toList();

    static Stream<Path> migrations() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> FIRST_RELEASE.stream().noneMatch(file.getFileName().toString()::startsWith)).toList().stream();
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("migrations")
    void keepsThePreviousVersionWorking(Path migration) throws IOException {
        assertThat(breaking(Files.readString(migration))).as("statements of " + migration.getFileName()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alter table message drop column content", "drop table ticket",
            "alter table room rename column head to position",
            "alter table message add column edited bigint not null", "alter table message alter column content set not null",
            "alter table room add constraint one_name unique (name)", "create unique index room_name on room (name)",
            "alter table message alter column content set data type varchar(10)", "ALTER TABLE message\n  DROP COLUMN content"})
    void detectsStatementsThatBreakIt(String statement) {
        assertThat(breaking("create table more (id bigint not null primary key);\n" + statement + ";")).hasSize(1);
    }

    @Test
    void allowsAdditions() {
        assertThat(breaking("""
                -- a comment may mention drop table
                create table more (id bigint not null primary key, name varchar(20) not null);
                create index more_name on more (name);
                alter table message add column edited bigint;
                alter table message add column pinned boolean default false not null;
                insert into more (id, name) values (1, 'one');
                """)).isEmpty();
    }

    private static List<String> breaking(String sql) {
        return Arrays.stream(sql.replaceAll("--[^\\n]*", "").split(";")).map(statement -> statement.strip().replaceAll("\\s+", " "))
                .filter(statement -> !ALLOWED_REMOVALS.contains(statement) && !WIDENING.contains(statement))
                .filter(statement -> BREAKS_THE_PREVIOUS_VERSION.stream().anyMatch(
                        pattern -> !statement.startsWith("create table") && pattern.matcher(statement.toLowerCase(Locale.ROOT)).find()))
                .toList();
    }
}
