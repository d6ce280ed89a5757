package parley.administration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.protocol.RoomKind;
import parley.sql.Statements;

/** All rooms, without what was written in them. Each call waits for the database. */
@ApplicationScoped
public class RoomsReport {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** For the container. */
    protected RoomsReport() {
    }

    /** On a connection of a test. */
    RoomsReport(EntityManager em) {
        this.em = em;
    }

    /**
     * A room.
     *
     * @param name empty for a direct room
     * @param events the offset of its last event
     * @param members how many people are in it
     * @param files how many files it has, with {@code bytes} together
     * @param closed when it was closed, if it is
     * @param isDefault whether people join it at their first sign-in
     */
    public record Entry(String id, String name, RoomKind kind, String retention, long events, Instant created, Optional<Instant> closed,
                        boolean isDefault, long members, long files, long bytes) {}

    private record Row(String id, String name, RoomKind kind, String retention, long events, Instant created, Optional<Instant> closed,
                       boolean isDefault) {

        static Row of(ResultSet row) throws SQLException {
            return new Row(row.getString(1), row.getString(2), RoomKind.of(row.getString(3)).orElse(RoomKind.PRIVATE), row.getString(4),
                    row.getLong(5), Instant.ofEpochMilli(row.getLong(6)),
                    Optional.ofNullable(row.getObject(7, Long.class)).map(Instant::ofEpochMilli), row.getLong(8) > 0);
        }
    }

    /**
     * Up to {@code limit} rooms, by id, after an id (empty for the first page).
     *
     * @param query an id, or a part of a name; empty for all
     * @param kind empty for all
     * @param closed whether closed rooms are wanted instead of open ones
     * @param onlyDefault whether only default rooms are wanted
     */
    @Transactional
    public List<Entry> page(String query, Optional<RoomKind> kind, boolean closed, boolean onlyDefault, String after, int limit) {
        List<Object> arguments = new ArrayList<>(List.of(after));
        StringBuilder sql = new StringBuilder("select id, name, kind, retention, head, created, closed_at, "
                + "(select count(*) from default_room d where d.room = room.id) from room where id > ?")
                .append(closed ? " and closed_at is not null" : " and closed_at is null");
        kind.ifPresent(wanted -> {
            sql.append(" and kind = ?");
            arguments.add(wanted.wire());
        });
        if (onlyDefault) {
            sql.append(" and id in (select room from default_room)");
        }
        if (!query.isBlank()) {
            sql.append(" and (id = ? or lower(name) like lower(?) escape '!')");
            arguments.add(query.strip());
            arguments.add(PeopleReport.containing(query.strip()));
        }
        List<Row> rows = Statements.query(em, Row::of, sql + " order by id limit " + limit, arguments.toArray());
        String[] ids = rows.stream().map(Row::id).toArray(String[]::new);
        Map<String, long[]> members = counts("select room, count(*), 0 from membership where room = any(?) group by room", ids);
        Map<String, long[]> files = counts("select room, count(*), sum(size) from file where room = any(?) group by room", ids);
        long[] none = new long[2];
        return rows.stream().map(row -> new Entry(row.id, row.name, row.kind, row.retention, row.events, row.created, row.closed,
                row.isDefault, members.getOrDefault(row.id, none)[0], files.getOrDefault(row.id, none)[0],
                files.getOrDefault(row.id, none)[1])).toList();
    }

    private Map<String, long[]> counts(String sql, String[] rooms) {
        Map<String, long[]> counts = new HashMap<>();
        Statements.query(em, row -> counts.put(row.getString(1), new long[]{row.getLong(2), row.getLong(3)}), sql, (Object) rooms);
        return counts;
    }
}
