package parley.administration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.sql.Rows;
import parley.sql.Statements;

/** The instances with their connections, the leases, and the size of the database. Each call waits for the database. */
@ApplicationScoped
public class ClusterReport {

    /** Instances, leases and tables that are listed at most. */
    public static final int MOST = 200;

    /** An instance whose row is older than this is not running. */
    private static final Duration RUNNING = Duration.ofSeconds(15);

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** For the container. */
    protected ClusterReport() {
    }

    /** On a connection of a test. */
    ClusterReport(EntityManager em) {
        this.em = em;
    }

    /**
     * How many connections of a kind an instance has.
     *
     * @param people how many people have them
     */
    public record Count(String kind, int connections, int people) {}

    /**
     * An instance.
     *
     * @param seen when it last wrote to the database
     * @param connections by kind; empty if it is not running
     */
    public record Node(String name, String version, Instant started, Instant seen, boolean running, List<Count> connections) {}

    /**
     * Work that one instance does for all.
     *
     * @param node the instance; empty if none has it
     * @param ends the end of the lease
     */
    public record Lease(String task, String node, Instant ends) {}

    /**
     * A table.
     *
     * @param rows an estimate; -1 if the database has none
     * @param bytes with its indexes; empty if the database doesn't say
     */
    public record Table(String name, long rows, Optional<Long> bytes) {}

    /** The instances that ran within the last 30 days, by name, up to {@value #MOST}. */
    @Transactional
    public List<Node> nodes(Instant now) {
        Map<String, List<Count>> counts = new HashMap<>();
        Statements.query(em, row -> counts.computeIfAbsent(row.getString(1), node -> new ArrayList<>())
                .add(new Count(row.getString(2), row.getInt(3), row.getInt(4))), """
                select c.node, c.kind, c.connections, c.people from instance_connections c join instance i on i.node = c.node
                where i.seen_at > ? and c.connections > 0 order by c.node, c.kind limit 2000""", now.minus(RUNNING).toEpochMilli());
        return Statements.query(em, row -> {
            Instant seen = Instant.ofEpochMilli(row.getLong(4));
            return new Node(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3)), seen,
                    seen.isAfter(now.minus(RUNNING)), List.copyOf(counts.getOrDefault(row.getString(1), List.of())));
        }, "select node, version, started_at, seen_at from instance order by node limit " + MOST);
    }

    /** The leases, by task. */
    @Transactional
    public List<Lease> leases() {
        return Statements.query(em, row -> new Lease(row.getString(1), row.getString(2), Instant.ofEpochMilli(row.getLong(3))),
                "select task, node, ends_at from lease order by task limit " + MOST);
    }

    /** The tables, the largest first, as the database estimates them without reading them. */
    @Transactional
    public List<Table> tables() {
        return Rows.onConnection(em, ClusterReport::tables);
    }

    private static List<Table> tables(Connection connection) throws SQLException {
        if (connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
            return Statements.query(connection, row -> new Table(row.getString(1), row.getLong(2), Optional.of(row.getLong(3))), """
                    select c.relname, cast(c.reltuples as bigint), pg_total_relation_size(c.oid) from pg_class c
                    where c.relkind = 'r' and c.relnamespace = (select oid from pg_namespace where nspname = current_schema)
                    order by 3 desc, 1 limit\s""" + MOST);
        }
        return Statements.query(connection, row -> new Table(row.getString(1), row.getLong(2), Optional.empty()), """
                select lower(table_name), row_count_estimate from information_schema.tables where table_schema = current_schema
                order by 2 desc, 1 limit\s""" + MOST);
    }
}
