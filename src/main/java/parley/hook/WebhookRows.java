package parley.hook;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.sql.Statements;

/** The table {@code webhook}. Each call joins the running transaction or begins one, and waits for the database. */
@ApplicationScoped
class WebhookRows {

    /** How long a replaced secret still signs. */
    static final Duration OVERLAP = Duration.ofDays(1);

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /**
     * Where a webhook posts, and what it signs with.
     *
     * @param former the secret before
     * @param formerUntil until when the former secret signs too
     */
    record Target(String url, String secret, Optional<String> former, Instant formerUntil) {

        /** The secrets that sign now. */
        List<String> secrets(Instant now) {
            return former.filter(secret -> now.isBefore(formerUntil)).map(old -> List.of(secret, old)).orElse(List.of(secret));
        }

        @Override
        public String toString() {
            return "a webhook";
        }
    }

    @Transactional
    void add(String id, String url, String secret) {
        Statements.update(em, "insert into webhook (id, url, secret) values (?, ?, ?)", id, url, secret);
    }

    @Transactional
    Optional<Target> target(String id) {
        return Statements.query(em, WebhookRows::target, "select url, secret, former, former_until from webhook where id = ?", id).stream()
                .findFirst();
    }

    /** The URLs of these webhooks, by id. */
    @Transactional
    Map<String, String> urls(List<String> ids) {
        Map<String, String> urls = new HashMap<>();
        Statements.query(em, row -> urls.put(row.getString(1), row.getString(2)), "select id, url from webhook where id = any(?)",
                (Object) ids.toArray(String[]::new));
        return urls;
    }

    @Transactional
    void redirect(String id, String url) {
        Statements.update(em, "update webhook set url = ? where id = ?", url, id);
    }

    /** Replaces the secret. The former one signs too for {@link #OVERLAP}. */
    @Transactional
    void rotate(String id, String secret, Instant now) {
        Statements.update(em, "update webhook set former = secret, former_until = ?, secret = ? where id = ?",
                now.plus(OVERLAP).toEpochMilli(), secret, id);
    }

    @Transactional
    void remove(String id) {
        Statements.update(em, "delete from webhook where id = ?", id);
    }

    private static Target target(ResultSet row) throws SQLException {
        return new Target(row.getString(1), row.getString(2), Optional.ofNullable(row.getString(3)), Instant.ofEpochMilli(row.getLong(4)));
    }
}
