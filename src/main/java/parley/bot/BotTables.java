package parley.bot;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import parley.identity.BotTokens;
import parley.identity.Caller;
import parley.identity.Scope;
import parley.protocol.User;
import parley.sql.Statements;

/** The tables of bots and their tokens. Each call is a transaction, or part of the running one. */
@ApplicationScoped
class BotTables {

    static final String HEAD = "select log_position from bot_head where id = 1";

    private static final String TOKENS =
            "select t.id, t.name, t.scopes, t.created_at, t.created_by, t.expires_at, t.used_at, t.uses from bot_token t";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** The number of changes so far. */
    @Transactional
    long head() {
        return Statements.query(em, row -> row.getLong(1), HEAD).getFirst();
    }

    /** Counts a change. Locks the head until the transaction ends, so that two administrators take turns. */
    @Transactional
    void changes() {
        Statements.update(em, "update bot_head set log_position = log_position + 1 where id = 1");
    }

    /** The callers of all tokens, by the hash of the token. */
    @Transactional
    Map<String, Caller> callers() {
        Map<String, Caller> callers = new HashMap<>();
        Statements.query(em, row -> callers.put(row.getString("secret_hash"), caller(row)), """
                select t.id, t.secret_hash, t.scopes, t.created_at, t.expires_at, b.id bot, b.name, b.picture
                from bot_token t join bot b on b.id = t.bot""");
        return callers;
    }

    private static Caller caller(ResultSet row) throws SQLException {
        return new Caller(new User(Bot.user(row.getString("bot")), row.getString("name")), Set.of(),
                Instant.ofEpochMilli(row.getLong("created_at")), Instant.ofEpochMilli(row.getLong("expires_at")), row.getString("id"), "",
                Optional.ofNullable(row.getString("picture")), Optional.empty(), Optional.of(scopes(row.getString("scopes"))));
    }

    private static Set<Scope> scopes(String names) {
        return Scope.of(List.of(names.split(" "))).orElse(Set.of());
    }

    /** Up to {@code limit} bots after an id, by id. */
    @Transactional
    List<Bot> list(String after, int limit) {
        return Statements.query(em, this::bot, "select * from bot where deleted_at is null and id > ? order by id limit " + limit, after);
    }

    @Transactional
    Optional<Bot> find(String id) {
        return Statements.query(em, this::bot, "select * from bot where deleted_at is null and id = ?", id).stream().findFirst();
    }

    private Bot bot(ResultSet row) throws SQLException {
        String id = row.getString("id");
        return new Bot(id, row.getString("name"), Optional.ofNullable(row.getString("picture")), row.getString("description"),
                Instant.ofEpochMilli(row.getLong("created_at")), row.getString("created_by"), time(row.getLong("watched_at")),
                Statements.query(em, BotTables::token, TOKENS + " where t.bot = ? order by t.created_at, t.id", id));
    }

    private static Bot.Token token(ResultSet row) throws SQLException {
        return new Bot.Token(row.getString("id"), row.getString("name"), scopes(row.getString("scopes")),
                Instant.ofEpochMilli(row.getLong("created_at")), row.getString("created_by"),
                Instant.ofEpochMilli(row.getLong("expires_at")), time(row.getLong("used_at")), row.getLong("uses"));
    }

    private static Optional<Instant> time(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /** Whether a bot has or had this id. */
    @Transactional
    boolean isTaken(String id) {
        return Statements.finds(em, "select 1 from bot where id = ?", id);
    }

    @Transactional
    long size() {
        return Statements.query(em, row -> row.getLong(1), "select count(*) from bot where deleted_at is null").getFirst();
    }

    @Transactional
    void insert(Bot bot) {
        Statements.update(em, "insert into bot (id, name, picture, description, created_at, created_by) values (?, ?, ?, ?, ?, ?)",
                bot.id(), bot.name(), bot.picture().orElse(null), bot.description(), bot.created().toEpochMilli(), bot.by());
    }

    @Transactional
    void update(Bot bot) {
        Statements.update(em, "update bot set name = ?, picture = ?, description = ? where id = ?", bot.name(),
                bot.picture().orElse(null), bot.description(), bot.id());
    }

    /** Removes everything of a bot but its row. */
    @Transactional
    void delete(String bot, Instant now) {
        Statements.update(em, "delete from bot_token where bot = ?", bot);
        Statements.update(em, "delete from slash_command where bot = ?", bot);
        Statements.update(em, "delete from slash_call where bot = ?", bot);
        Statements.update(em, "update bot set deleted_at = ? where id = ?", now.toEpochMilli(), bot);
    }

    @Transactional
    void insert(String bot, Bot.Token token, String hash) {
        Statements.update(em, """
                insert into bot_token (id, bot, secret_hash, name, scopes, created_at, created_by, expires_at)
                values (?, ?, ?, ?, ?, ?, ?, ?)""", token.id(), bot, hash, token.name(),
                token.scopes().stream().map(Scope::wire).collect(Collectors.joining(" ")), token.created().toEpochMilli(), token.by(),
                token.expires().toEpochMilli());
    }

    /** Removes a token; returns false if there is none. */
    @Transactional
    boolean deleteToken(String bot, String token) {
        return Statements.update(em, "delete from bot_token where bot = ? and id = ?", bot, token) == 1;
    }

    /** Adds uses of tokens, and notes which bots have a connection that watches. */
    @Transactional
    void used(Map<String, BotTokens.Use> uses, Collection<String> watching, Instant now) {
        // In one order, so that two instances don't wait for each other's rows.
        uses.entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> Statements.update(em,
                "update bot_token set uses = uses + ?, used_at = greatest(used_at, ?) where id = ?", entry.getValue().times(),
                entry.getValue().last().toEpochMilli(), entry.getKey()));
        watching.stream().sorted().forEach(bot -> Statements.update(em, "update bot set watched_at = ? where id = ?", now.toEpochMilli(),
                bot));
    }
}
