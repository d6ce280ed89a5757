package parley.server;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.annotation.Resource;
import jakarta.enterprise.inject.spi.BeanManager;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.jboss.arquillian.container.test.api.Deployment;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.jupiter.api.Test;

/** What the server gives an application: Arquillian injects it into tests that run inside the container. */
@InsideServer
class ContainerIT {

    /** Without OPTIMIZE_REUSE_RESULTS=0, about one read in 200 was stale. */
    private static final int ROWS = 1_200;

    @Inject
    BeanManager beans;
    @Resource(lookup = "jdbc/parley")
    private DataSource database;

    @Deployment
    static WebArchive deployment() {
        return Deployments.inside();
    }

    @Test
    void injectsBeans() {
        assertThat(beans.getBeans(BeanManager.class)).isNotEmpty();
    }

    /** A transaction that begins after another one has committed sees what that one wrote, as {@code h2.asadmin} configures H2. */
    @Test
    void readsWhatOthersHaveCommitted() throws Exception {
        AtomicInteger next = new AtomicInteger(-1);
        int stale = 0;
        try (Connection reader = open(); Connection witness = open(); Connection writer = open()) {
            reader.createStatement().execute("create table read_trial (id integer primary key)");
            try (PreparedStatement first = find(reader); PreparedStatement second = find(witness)) {
                CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> writes(writer, next));
                for (int id = 0; id < ROWS; id++) {
                    next.set(id);
                    while (!writing.isDone() && !has(first, id)) {
                        if (has(second, id)) {
                            stale += has(first, id) ? 0 : 1;
                            break;
                        }
                    }
                }
                writing.join();
            } finally {
                reader.createStatement().execute("drop table read_trial");
            }
        }
        assertThat(stale).isZero();
    }

    private Connection open() throws SQLException {
        Connection connection = database.getConnection();
        connection.setAutoCommit(false);
        return connection;
    }

    private static void writes(Connection writer, AtomicInteger next) {
        try (PreparedStatement insert = writer.prepareStatement("insert into read_trial values (?)")) {
            for (int id = 0; id < ROWS; id++) {
                while (next.get() < id) {
                    Thread.onSpinWait();
                }
                insert.setInt(1, id);
                insert.executeUpdate();
                writer.commit();
            }
        } catch (SQLException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static PreparedStatement find(Connection connection) throws SQLException {
        return connection.prepareStatement("select id from read_trial where id = ?");
    }

    private static boolean has(PreparedStatement query, int id) throws SQLException {
        query.setInt(1, id);
        try (ResultSet row = query.executeQuery()) {
            return row.next();
        } finally {
            query.getConnection().commit();
        }
    }
}
