package parley.application;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import javax.naming.InitialContext;
import javax.naming.NamingException;
import javax.sql.DataSource;
import parley.sql.Statements;

/** The rows of {@code application_command}: changes that wait for the commit of an application's transaction, or for Parley after it. */
@ApplicationScoped
class PendingCommands {

    private static final String POOL = "jdbc/parley-applications";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** A change that an application asked for. */
    record Pending(long id, ServiceRequest.Change change) {}

    /** What is stored of a change. */
    record Row(long id, String command) {}

    /** Whether the administrator has created the pool of applications. */
    boolean hasPool() {
        return pool().isPresent();
    }

    private static Optional<DataSource> pool() {
        try {
            return Optional.of(InitialContext.doLookup(POOL));
        } catch (NamingException absent) {
            return Optional.empty();
        }
    }

    /** Inserts a change in the transaction of this thread, whichever application began it, and returns its id. */
    long add(ServiceRequest.Change change, Instant now) throws SQLException {
        try (Connection connection = pool().orElseThrow(() -> new SQLException("There is no " + POOL)).getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "insert into application_command (command, created_at) values (?, ?)", new String[] {"id"})) {
            Statements.set(connection, insert, change.text(), now.toEpochMilli());
            insert.executeUpdate();
            try (ResultSet keys = insert.getGeneratedKeys()) {
                keys.next();
                return keys.getLong(1);
            }
        }
    }

    /** The oldest rows from before this time, in the order of the calls. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public List<Row> before(Instant time, int most) {
        return Statements.query(em, row -> new Row(row.getLong(1), row.getString(2)),
                "select id, command from application_command where created_at < ? order by id limit " + most, time.toEpochMilli());
    }

    /** Removes what was done. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    public void remove(Collection<Long> done) {
        Statements.update(em, "delete from application_command where id = any(?)", (Object) done.toArray(Long[]::new));
    }
}
