package parley.ops;

import org.postgresql.ds.PGSimpleDataSource;

/** The schema that the application makes when it starts. */
public final class ApplicationsSchema {

    private ApplicationsSchema() {
    }

    /** Makes it in a database of PostgreSQL, as this role. */
    public static void make(String url, String user, String password) {
        PGSimpleDataSource database = new PGSimpleDataSource();
        database.setUrl(url);
        database.setUser(user);
        database.setPassword(password);
        Schema.migrate(database);
    }
}
