package parley.ops;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The database's schema. */
final class Schema {

    private Schema() {
    }

    /** Brings the schema up to date; of several instances one does it and the others wait. It takes as long as it takes. */
    static void migrate(DataSource database) {
        Flyway.configure(Schema.class.getClassLoader()).dataSource(MigrationConnections.of(database)).load().migrate();
    }
}
