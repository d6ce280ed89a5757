package parley.administration;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import parley.people.People;
import parley.sql.Statements;

/** People as administrators see them. Each call waits for the database. */
@ApplicationScoped
public class PeopleReport {

    /** The most devices, and the most mutes and bans, of one person that are listed. */
    public static final int MOST = 100;

    private static final String SELECT = """
            select p.id, p.name, p.seen_day, a.ended_at, a.ended_by
            from person p left join access_ended a on a.user_id = p.id where p.id""";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private People people;

    /** For the container. */
    protected PeopleReport() {
    }

    /** On a connection of a test. */
    PeopleReport(EntityManager em) {
        this.em = em;
    }

    /**
     * A person.
     *
     * @param seen the day of the last sign-in, in UTC; empty if there was none since this is stored
     * @param ended when an administrator ended the access, if it is ended
     * @param endedBy who did
     */
    public record Entry(String id, String name, Optional<LocalDate> seen, Optional<Instant> ended, Optional<String> endedBy) {}

    /**
     * A browser that gets Web Push.
     *
     * @param host of its push service
     */
    public record Device(String host, Instant since) {}

    /**
     * A mute or a ban.
     *
     * @param roomName empty for a direct room
     * @param until empty if it has no end
     */
    public record Restricted(String room, String roomName, String kind, Optional<Instant> until) {}

    /** A person with what belongs to them. */
    public record Details(Entry person, long rooms, long files, long bytes, List<Device> devices, List<Restricted> restrictions) {}

    /**
     * Up to {@code limit} people, by id, after an id (empty for the first page).
     *
     * @param query the beginning of an id, or beginnings of words of a name; empty for everyone
     * @param ended whether only people whose access is ended are wanted
     */
    @Transactional
    public List<Entry> page(String query, boolean ended, String after, int limit) {
        if (ended) {
            // Few people at most, so the words are compared here.
            return Statements.query(em, PeopleReport::entry, SELECT + " > ? and a.user_id is not null and (? = '' "
                    + "or lower(p.id) = lower(?) or lower(p.name) like lower(?) escape '!') order by p.id limit " + limit,
                    after, query, query, containing(query));
        }
        String[] ids = people.everyone(query, after, limit).stream().map(person -> person.id()).toArray(String[]::new);
        return Statements.query(em, PeopleReport::entry, SELECT + " = any(?) order by p.id", (Object) ids);
    }

    /** One person; empty if nobody of this id has signed in. */
    @Transactional
    public Optional<Details> one(String id, Instant now) {
        return Statements.query(em, PeopleReport::entry, SELECT + " = ?", id).stream().findFirst().map(entry -> {
            long rooms = Statements.query(em, row -> row.getLong(1), "select count(*) from membership where user_id = ?", id).getFirst();
            long[] files = Statements.query(em, row -> new long[]{row.getLong(1), row.getLong(2)},
                    "select count(*), coalesce(sum(size), 0) from file where owner = ?", id).getFirst();
            List<Device> devices = Statements.query(em, row -> new Device(row.getString(1), Instant.ofEpochMilli(row.getLong(2))),
                    "select host, created_at from push_subscription where person = ? order by created_at desc limit " + MOST, id);
            return new Details(entry, rooms, files[0], files[1], devices, restrictions(id, now));
        });
    }

    private List<Restricted> restrictions(String id, Instant now) {
        return Statements.query(em, row -> new Restricted(row.getString(1), row.getString(2), row.getString(3),
                Optional.ofNullable(row.getObject(4, Long.class)).map(Instant::ofEpochMilli)), """
                select s.room, r.name, s.kind, s.until_at from restraint s join room r on r.id = s.room
                where s.user_id = ? and s.kind <> 'guest' and r.closed_at is null and (s.until_at is null or s.until_at > ?)
                order by s.room limit\s""" + MOST, id, now.toEpochMilli());
    }

    private static Entry entry(ResultSet row) throws SQLException {
        long day = row.getLong(3);
        Long ended = row.getObject(4, Long.class);
        return new Entry(row.getString(1), row.getString(2), day == 0 ? Optional.empty() : Optional.of(LocalDate.ofEpochDay(day)),
                Optional.ofNullable(ended).map(Instant::ofEpochMilli), Optional.ofNullable(row.getString(5)));
    }

    /** A pattern of {@code like … escape '!'} for texts that contain this one. The database makes the small letters of both. */
    static String containing(String text) {
        return '%' + text.replace("!", "!!").replace("%", "!%").replace("_", "!_") + '%';
    }
}
