package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.Http;
import parley.kit.Server;
import parley.kit.Tokens;
import parley.ops.ApplicationsSchema;
import parley.server.TestServer;

/** Runs the commands of "An audit that Parley itself can't change" in {@code server-config/README.md}. */
@Order(Server.OTHER_SETTINGS)
@EnabledIfSystemProperty(named = "parley.db", matches = "postgresql")
class GuardedAuditIT {

    private static final String ENTRY = "insert into audit_entry (id, happened_at, action, times) values ('%s', 1, 'administration', 1)";
    private static final String OWNERS_PASSWORD = "a password of its own";

    @TempDir
    private static Path later;

    @BeforeAll
    static void runTheCommandsOnParleysDatabase() throws Exception {
        try (Connection superuser = TestServer.databaseConnection(); Statement sql = superuser.createStatement()) {
            sql.execute("drop database if exists guarded");
            sql.execute("drop role if exists parley");
            sql.execute("drop role if exists parley_owner");
            sql.execute("create role parley login password 'parley'");
            sql.execute("create database guarded owner parley");
        }
        ApplicationsSchema.make(address(), "parley", "parley");
        try (Connection superuser = DriverManager.getConnection(address(), "postgres", "postgres");
                Statement sql = superuser.createStatement()) {
            for (String command : commands()) {
                sql.execute(command);
            }
        }
        asParley(ENTRY.formatted("before"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "update audit_entry set action = 'nothing'", "delete from audit_entry", "truncate audit_entry", "drop table audit_entry",
        "drop table audit_entry cascade", "alter table audit_entry rename to another", "alter table audit_entry disable trigger all",
        "alter table audit_entry owner to parley", "alter table audit_entry drop column actor",
        "create rule nothing as on insert to audit_entry do instead nothing", "create table another (id integer)",
        "create or replace function public.nothing() returns trigger language plpgsql as 'begin return null; end'",
        "drop schema public cascade", "drop owned by parley_owner", "reassign owned by parley_owner to parley", "set role parley_owner",
        "alter schema public rename to another", "alter role parley_owner password 'known'", "delete from flyway_schema_history",
        "alter default privileges for role parley_owner in schema public grant all on tables to parley"})
    void theApplicationsRoleCanNotChangeIt(String command) {
        assertThatThrownBy(() -> asParley(command)).isInstanceOf(SQLException.class)
                .extracting(refused -> ((SQLException) refused).getSQLState()).as(command).isIn("42501", "2BP01");
        assertThatNoException().isThrownBy(() -> asParley("select id from audit_entry where id = 'before' and action = 'administration'"));
    }

    @Test
    void theApplicationsRoleCanNotGrantItselfRights() throws Exception {
        // PostgreSQL only warns that it granted nothing.
        asParley("grant all on audit_entry to parley");
        theApplicationsRoleCanNotChangeIt("update audit_entry set action = 'nothing'");
        theApplicationsRoleCanNotChangeIt("delete from audit_entry");
    }

    @Test
    void onlyTheOwnerMigrates() throws Exception {
        assertThat(migration("parley", "parley").migrate().migrationsExecuted).as("nothing to do").isZero();
        Files.writeString(later.resolve("V9999__later.sql"), "create table later (id integer)");
        assertThatThrownBy(() -> laterMigration("parley", "parley").migrate()).isInstanceOf(FlywayException.class);
        assertThat(laterMigration("parley_owner", OWNERS_PASSWORD).migrate().migrationsExecuted).isOne();
        asParley("insert into later (id) values (1)");
        asParley("delete from later");
        assertThat(laterMigration("parley", "parley").migrate().migrationsExecuted).isZero();
    }

    @Test
    void theApplicationStartsAndWritesIt() throws Exception {
        Server.restartWith(Map.of("parley.database.url", address(), "parley.database.user", "parley",
                "parley.database.password", "parley"));
        String room = Http.of("alice").createsRoom();
        assertThat(Http.withToken(Tokens.of("carol", "Carol", "parley-admin")).get("/api/administration/audit?room=" + room).json(200)
                .get("entries")).hasSize(1);
        try (Connection parley = DriverManager.getConnection(address(), "parley", "parley"); Statement sql = parley.createStatement();
                ResultSet row = sql.executeQuery("select count(*) from audit_entry where action = 'room.created'")) {
            assertThat(row.next() && row.getInt(1) > 0).isTrue();
        }
    }

    private static List<String> commands() throws IOException {
        String block = Files.readAllLines(Path.of(System.getProperty("basedir", ""), "server-config/README.md")).stream()
                .dropWhile(line -> !line.startsWith("### An audit")).dropWhile(line -> !line.equals("```sql")).skip(1)
                .takeWhile(line -> !line.equals("```")).collect(Collectors.joining("\n"));
        assertThat(block).contains("audit_entry");
        return List.of(block.split(";\\s*"));
    }

    private static Flyway migration(String user, String password) {
        return Flyway.configure().dataSource(address(), user, password).load();
    }

    /** The migrations of a later version. */
    private static Flyway laterMigration(String user, String password) {
        return Flyway.configure().dataSource(address(), user, password)
                .locations("classpath:db/migration", "filesystem:" + later).load();
    }

    private static void asParley(String command) throws SQLException {
        try (Connection parley = DriverManager.getConnection(address(), "parley", "parley"); Statement sql = parley.createStatement()) {
            sql.execute(command);
        }
    }

    private static String address() {
        return "jdbc:postgresql://localhost:" + TestServer.databasePort() + "/guarded";
    }
}
