package parley.file;

import jakarta.persistence.PersistenceException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import parley.metrics.Metrics;
import parley.settings.FileSettings;
import parley.settings.Given;
import parley.settings.Settings;
import parley.sql.Rows;
import parley.sql.Statements;
import parley.sql.Tables;

/** The tables of files in memory, and instances that share them. */
final class ADatabase implements OwnTransaction {

    /** Closes connections of the virus scanner. */
    static final ScheduledThreadPoolExecutor TIMER = new ScheduledThreadPoolExecutor(1, Thread.ofPlatform().daemon().factory());

    private static final Path MIGRATIONS = Path.of(System.getProperty("basedir", ""), "src/main/resources/db/migration");
    private static final List<String> SCHEMA = List.of("V35__files.sql", "V36__previews_and_files_of_closed_rooms.sql");

    private final String url = "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1;OPTIMIZE_REUSE_RESULTS=0";
    Instant now = Instant.parse("2030-01-01T00:00:00Z");

    ADatabase() {
        try (Connection connection = DriverManager.getConnection(url); Statement statement = connection.createStatement()) {
            statement.execute("create table lease (task varchar(50), node varchar(255), ends_at bigint)");
            statement.execute("create table room (id varchar(64), closed_at bigint)");
            statement.execute("create table person (id varchar(255) primary key)");
            statement.execute("insert into person (id) values ('alice')");
            for (String part : SCHEMA) {
                statement.execute(Files.readString(MIGRATIONS.resolve(part)));
            }
        } catch (SQLException | IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** The same tables, for transactions that run beside each other. */
    Tables tables() {
        return new Tables(url);
    }

    @Override
    public <R> R run(Rows.Work<R> work) {
        try (Connection connection = DriverManager.getConnection(url)) {
            connection.setAutoCommit(false);
            R result = work.with(connection);
            connection.commit();
            return result;
        } catch (SQLException refused) {
            throw new PersistenceException(refused);
        }
    }

    /** One of several instances on this database. */
    final class Instance {
        final FileMetrics metrics = new FileMetrics(new Metrics());
        final Uploads uploads;
        final Preparing preparing;
        final Receiving receiving;
        final Stores stores = new Stores(new DatabaseStore(ADatabase.this));

        Instance(FileSettings settings) {
            InstantSource time = () -> now;
            Clock clock = time.withZone(ZoneId.of("UTC"));
            uploads = new Uploads(ADatabase.this, settings, clock);
            preparing = new Preparing(ADatabase.this, stores, new Pictures(), metrics,
                    settings.scanner().map(clamd -> new VirusScanner(clamd, TIMER, VirusScanner.PATIENCE)), clock);
            receiving = new Receiving(uploads, preparing, metrics);
        }

        /** Uploads a whole file, and returns what became of it. */
        Outcome upload(String owner, String name, byte[] bytes) {
            try {
                Outcome begun = uploads.begin("general", owner, name, bytes.length);
                return begun instanceof Outcome.Done done
                        ? receiving.receive(done.file(), 0, new ByteArrayInputStream(bytes), true) : begun;
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }

        StoredFile stored(String owner, String name, byte[] bytes) {
            Outcome outcome = upload(owner, name, bytes);
            if (outcome instanceof Outcome.Done done) {
                return done.file();
            }
            throw new AssertionError(outcome);
        }

        byte[] bytes(StoredFile file) {
            try (InputStream in = stores.open(file, 0, file.size())) {
                return in.readAllBytes();
            } catch (IOException missing) {
                throw new UncheckedIOException(missing);
            }
        }
    }

    static FileSettings settings(Map<String, String> given) {
        return Settings.of(new Given(given)).files();
    }

    Instance instance(Map<String, String> given) {
        return new Instance(settings(given));
    }

    Instance instance() {
        return instance(Map.of());
    }

    long rows(String table) {
        return run(connection -> Statements.query(connection, row -> row.getLong(1), "select count(*) from " + table)).getFirst();
    }

    Optional<StoredFile> find(String id) {
        return run(connection -> Uploads.find(connection, id));
    }
}
