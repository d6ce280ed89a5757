package parley.ops;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The database schema and its migrations. */
final class Schema {

    private Schema() {
    }

    /** Applies pending migrations, without a time limit. If several instances start, one migrates and the others wait for it. */
    static void migrate(DataSource database) {
        Flyway.configure(Schema.class.getClassLoader()).dataSource(MigrationConnections.of(database)).load().migrate();
        LogIndexes.create(database);
    }
}
