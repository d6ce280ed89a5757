package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.identity.Service;
import parley.protocol.User;
import parley.sql.Statements;

/** The table of people and their words. Each call waits for the database. */
@ApplicationScoped
class Directory {

    private static final String COLUMNS =
            "p.id, p.name, p.picture, p.status_text, p.status_emoji, p.status_until, p.availability from person p";
    private static final String SHARES_A_ROOM = """
             and exists (select 1 from membership mine join membership theirs on theirs.room = mine.room
                     join room r on r.id = mine.room where mine.user_id = ? and theirs.user_id = p.id and r.closed_at is null)""";

    /** A person with today's name, and the position at which it became theirs. */
    record Change(User user, long position) {}

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** Records these sign-ins, one for each person, and returns what is stored of each now. */
    @Transactional
    List<SignIn> write(Collection<SignIn> signIns) {
        // In one order, and the head of names after all people, so that two instances don't wait for each other's rows.
        List<SignIn> renamed = new ArrayList<>();
        List<SignIn> stored = signIns.stream().sorted(Comparator.comparing(SignIn::id)).map(signIn -> write(signIn, renamed)).toList();
        renamed.forEach(this::rename);
        return stored;
    }

    private SignIn write(SignIn signIn, List<SignIn> renamed) {
        Optional<SignIn> stored = Statements.query(em, Directory::signIn,
                "select id, name, picture, token_issued, seen_day from person where id = ?", signIn.id()).stream().findFirst();
        if (stored.isEmpty()) {
            Statements.update(em, "insert into person (id, name, picture, token_issued, seen_day) values (?, ?, ?, ?, ?)", signIn.id(),
                    signIn.name(), signIn.picture().orElse(null), signIn.issued(), signIn.day());
            writeWords(signIn);
            welcome(signIn);
            return signIn;
        }
        SignIn before = stored.get();
        if (before.day() == 0) {
            welcome(signIn);
        }
        SignIn named = signIn.changes(before) ? signIn : before;
        SignIn after = new SignIn(signIn.id(), named.name(), named.picture(), named.issued(), Math.max(signIn.day(), before.day()));
        if (!after.name().equals(before.name())) {
            renamed.add(after);
        } else if (before.issued() == 0) {
            // Known from before the directory, and not found by words so far, or introduced with words.
            Statements.update(em, "delete from person_word where user_id = ?", after.id());
            writeWords(after);
        }
        if (!after.equals(before)) {
            Statements.update(em, "update person set picture = ?, token_issued = ?, seen_day = ? where id = ?",
                    after.picture().orElse(null), after.issued(), after.day(), after.id());
        }
        return after;
    }

    // At the first sign-in, the default rooms are waiting. Programs join rooms by themselves.
    private void welcome(SignIn signIn) {
        if (signIn.day() > 0 && !Service.is(signIn.id())) {
            Statements.update(em, """
                    insert into default_room_due (room, person) select room, ? from default_room d
                    where not exists (select 1 from default_room_due due where due.room = d.room and due.person = ?)""",
                    signIn.id(), signIn.id());
        }
    }

    private void rename(SignIn signIn) {
        long position = PersonHead.NAMES.next(em);
        Statements.update(em, "update person set name = ?, renamed = ? where id = ?", signIn.name(), position, signIn.id());
        Statements.update(em, "delete from person_word where user_id = ?", signIn.id());
        writeWords(signIn);
    }

    private void writeWords(SignIn signIn) {
        SearchWords.of(signIn.id(), signIn.name()).forEach(word ->
                Statements.update(em, "insert into person_word (user_id, word) values (?, ?)", signIn.id(), word));
    }

    /** Whether this person has signed in. */
    @Transactional
    boolean has(String id) {
        return Statements.finds(em, "select 1 from person where id = ?", id);
    }

    /** The names of those of these people who have signed in, by id. */
    @Transactional
    Map<String, String> names(Collection<String> ids) {
        Map<String, String> names = new HashMap<>();
        Statements.query(em, row -> names.put(row.getString(1), row.getString(2)), "select id, name from person where id = any(?)",
                (Object) ids.toArray(String[]::new));
        return names;
    }

    /** The position of the last change of a name. */
    @Transactional
    long head() {
        return PersonHead.NAMES.position(em);
    }

    /** The people whose name changed after a position, in the order of the changes. */
    @Transactional
    List<Change> renamedAfter(long position, int limit) {
        return Statements.query(em, row -> new Change(new User(row.getString(1), row.getString(2)), row.getLong(3)),
                "select id, name, renamed from person where renamed > ? order by renamed limit " + limit, position);
    }

    /**
     * One person.
     *
     * @param asker if present, only if they share a room with this user
     */
    @Transactional
    Optional<Person> one(String id, Optional<String> asker, Instant now) {
        List<Object> arguments = new ArrayList<>(List.of(id));
        asker.ifPresent(arguments::add);
        return Statements.query(em, row -> person(row, now),
                "select " + COLUMNS + " where p.id = ?" + (asker.isPresent() ? SHARES_A_ROOM : ""), arguments.toArray())
                .stream().findFirst();
    }

    /**
     * Up to {@code limit} people whom a query finds, by id, after an id (empty for the first page).
     *
     * @param query empty for everyone
     * @param asker if present, only people who share a room with this user
     */
    @Transactional
    List<Person> find(String query, String after, int limit, Optional<String> asker, Instant now) {
        StringBuilder sql = new StringBuilder("select " + COLUMNS + " where p.id > ?");
        List<Object> arguments = new ArrayList<>(List.of(after));
        asker.ifPresent(user -> {
            sql.append(SHARES_A_ROOM);
            arguments.add(user);
        });
        matching(query, sql, arguments);
        sql.append(" order by p.id limit ").append(limit);
        return Statements.query(em, row -> person(row, now), sql.toString(), arguments.toArray());
    }

    // Each beginning is a range of the index of words.
    private static void matching(String query, StringBuilder sql, List<Object> arguments) {
        if (query.isBlank()) {
            return;
        }
        sql.append(" and p.id in (select user_id from person_word where word >= ? and word < ?");
        addRange(SearchWords.queriedId(query), arguments);
        List<String> words = SearchWords.queried(query);
        for (int i = 0; i < words.size(); i++) {
            sql.append(i == 0 ? " union select w.user_id from person_word w where w.word >= ? and w.word < ?"
                    : " and exists (select 1 from person_word x where x.user_id = w.user_id and x.word >= ? and x.word < ?)");
            addRange(words.get(i), arguments);
        }
        sql.append(')');
    }

    private static void addRange(String beginning, List<Object> arguments) {
        arguments.add(beginning);
        arguments.add(beginning + SearchWords.AFTER);
    }

    private static SignIn signIn(ResultSet row) throws SQLException {
        return new SignIn(row.getString(1), row.getString(2), Optional.ofNullable(row.getString(3)), row.getLong(4), row.getLong(5));
    }

    private static Person person(ResultSet row, Instant now) throws SQLException {
        return new Person(row.getString("id"), row.getString("name"), Optional.ofNullable(row.getString("picture")),
                Profiles.status(row).filter(status -> status.holds(now)),
                Availability.of(row.getString("availability")).orElse(Availability.AUTO));
    }
}
