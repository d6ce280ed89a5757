package parley.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import parley.identity.Service;
import parley.people.Turns;
import parley.protocol.Form;
import parley.protocol.Problem;
import parley.protocol.Slash;
import parley.protocol.User;
import parley.sql.Statements;

/** The tables of slash commands and of their calls. Each call is a transaction. */
@ApplicationScoped
class SlashTables {

    /** The most commands that a room offers, by name. */
    static final int MOST_LISTED = 200;
    /** How long a bot may answer a call. */
    static final Duration ANSWERABLE = Duration.ofMinutes(30);
    /** The most calls of a person that can be answered. */
    static final int MOST_CALLS = 500;
    /** The most answers to a call. */
    static final int MOST_ANSWERS = 10;

    private static final String OFFERED = """
            select c.name, c.description, c.hint, c.bot, b.name bot_name, b.watched_at from slash_command c join bot b on b.id = c.bot
            where (c.rooms = '' or c.rooms like ?) and c.bot = any(?)""";

    /** A slash command of a room, and when its bot watched last. */
    record Target(Slash.Offered offered, Instant watched) {}

    /**
     * What a person asked a bot.
     *
     * @param bot the user id of the bot
     * @param form of the last private answer
     */
    record Call(String id, String bot, String room, String person, int answers, Optional<Form> form) {}

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** Replaces the slash commands of a bot, or says which name another bot has. */
    @Transactional
    Optional<Problem> register(String bot, List<Slash> commands) {
        // Bots that register at the same time take turns.
        Statements.update(em, "update bot_head set log_position = log_position where id = 1");
        String[] names = commands.stream().map(Slash::name).toArray(String[]::new);
        List<String> taken = Statements.query(em, row -> row.getString(1),
                "select name from slash_command where name = any(?) and bot <> ? order by name", names, bot);
        if (!taken.isEmpty()) {
            return Optional.of(Problem.conflict("Another bot offers /" + taken.getFirst() + "."));
        }
        Statements.update(em, "delete from slash_command where bot = ?", bot);
        commands.forEach(slash -> Statements.update(em,
                "insert into slash_command (name, bot, description, hint, rooms) values (?, ?, ?, ?, ?)", slash.name(), bot,
                slash.description(), slash.hint(), slash.rooms().isEmpty() ? "" : " " + String.join(" ", slash.rooms()) + " "));
        return Optional.empty();
    }

    /** The slash commands that these bots offer in a room, by name. */
    @Transactional
    List<Slash.Offered> offered(String room, Collection<String> bots) {
        return Statements.query(em, row -> target(row).offered(), OFFERED + " order by c.name limit " + MOST_LISTED,
                "% " + like(room) + " %", bots.toArray(String[]::new));
    }

    /** One of them. */
    @Transactional
    Optional<Target> offered(String room, Collection<String> bots, String name) {
        return Statements.query(em, SlashTables::target, OFFERED + " and c.name = ?", "% " + like(room) + " %",
                bots.toArray(String[]::new), name).stream().findFirst();
    }

    // An underscore in an id of a room stands for itself.
    private static String like(String room) {
        return room.replace("_", "\\_");
    }

    private static Target target(ResultSet row) throws SQLException {
        Slash slash = new Slash(row.getString("name"), row.getString("description"), row.getString("hint"), List.of());
        return new Target(new Slash.Offered(slash, new User(Bot.user(row.getString("bot")), row.getString("bot_name"))),
                Instant.ofEpochMilli(row.getLong("watched_at")));
    }

    /** When a connection of a bot watched last; empty if there is no such bot. */
    @Transactional
    Optional<Instant> watched(String bot) {
        return Statements.query(em, row -> Instant.ofEpochMilli(row.getLong(1)),
                "select watched_at from bot where id = ? and deleted_at is null", bot).stream().findFirst();
    }

    /** Stores a call, and forgets those that can't be answered any more. Returns false if the person has too many. */
    @Transactional
    boolean insert(Call call, Instant now) {
        Turns.take(call.person(), em);
        Statements.update(em, "delete from slash_call where expires_at < ?", now.toEpochMilli());
        long mine = Statements.query(em, row -> row.getLong(1), "select count(*) from slash_call where person = ?", call.person())
                .getFirst();
        if (mine >= MOST_CALLS) {
            return false;
        }
        Statements.update(em, "insert into slash_call (id, bot, room, person, answers, expires_at) values (?, ?, ?, ?, 0, ?)", call.id(),
                Service.idOf(call.bot()), call.room(), call.person(), now.plus(ANSWERABLE).toEpochMilli());
        return true;
    }

    /** A call that can still be answered. */
    @Transactional
    Optional<Call> call(String id, Instant now) {
        return Statements.query(em, SlashTables::call,
                "select id, bot, room, person, answers, form from slash_call where id = ? and expires_at >= ?", id, now.toEpochMilli())
                .stream().findFirst();
    }

    private static Call call(ResultSet row) throws SQLException {
        return new Call(row.getString("id"), Bot.user(row.getString("bot")), row.getString("room"), row.getString("person"),
                row.getInt("answers"), Optional.ofNullable(row.getString("form")).map(Form::of));
    }

    /** Counts an answer with its form. Returns false if there were too many. */
    @Transactional
    boolean answer(String id, Optional<Form> form) {
        return Statements.update(em, "update slash_call set answers = answers + 1, form = ? where id = ? and answers < ?",
                form.map(Form::json).orElse(null), id, MOST_ANSWERS) == 1;
    }
}
