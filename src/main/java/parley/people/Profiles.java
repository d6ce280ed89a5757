package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import parley.sql.Statements;

/** What people say and choose about themselves. Each call waits for the database. */
@ApplicationScoped
public class Profiles {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Directory directory;
    @Inject
    private NotificationChoices choices;

    /** A person's own view of themselves. */
    public record Own(Person person, Preference preference) {}

    /** The profile of a person, if they have signed in. */
    @Transactional
    public Optional<Own> of(String id, Instant now) {
        return directory.one(id, Optional.empty(), now).map(person -> new Own(person, preference(id)));
    }

    /** Changes the profile of a person who has signed in. */
    @Transactional
    public void change(String id, ProfileChange change) {
        // First, because it locks what all changes of keywords lock.
        change.keywords().ifPresent(words -> Statements.update(em, "update person set keywords_changed = ?, keywords = ? where id = ?",
                PersonHead.KEYWORDS.next(em), words.isEmpty() ? null : String.join("\n", words), id));
        change.status().ifPresent(status -> Statements.update(em,
                "update person set status_text = ?, status_emoji = ?, status_until = ? where id = ?", status.map(Status::text).orElse(null),
                status.flatMap(Status::emoji).orElse(null), status.flatMap(Status::until).map(Instant::toEpochMilli).orElse(null), id));
        change.availability().ifPresent(chosen ->
                Statements.update(em, "update person set availability = ? where id = ?", chosen.wire(), id));
        change.receipts().ifPresent(on -> Statements.update(em, "update person set receipts = ? where id = ?", on, id));
        change.quiet().ifPresent(quiet -> Statements.update(em,
                "update person set quiet_from = ?, quiet_to = ?, quiet_zone = ? where id = ?",
                quiet.map(hours -> hours.from().toString()).orElse(null), quiet.map(hours -> hours.to().toString()).orElse(null),
                quiet.map(hours -> hours.zone().getId()).orElse(null), id));
    }

    /** What a person chose; {@link Preference#USUAL} for a person who has never signed in. */
    @Transactional
    Preference preference(String id) {
        return choices.preferences(List.of(id)).getOrDefault(id, Preference.USUAL);
    }

    static Optional<Status> status(ResultSet row) throws SQLException {
        String text = row.getString("status_text");
        String emoji = row.getString("status_emoji");
        long until = row.getLong("status_until");
        Optional<Instant> end = row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(until));
        return text == null ? Optional.empty() : Optional.of(new Status(text, Optional.ofNullable(emoji), end));
    }

    static Preference preference(ResultSet row) throws SQLException {
        String zone = row.getString("quiet_zone");
        Optional<QuietHours> quiet = zone == null ? Optional.empty()
                : Optional.of(new QuietHours(LocalTime.parse(row.getString("quiet_from")), LocalTime.parse(row.getString("quiet_to")),
                        ZoneId.of(zone)));
        return new Preference(row.getBoolean("receipts"), quiet, keywords(row.getString("keywords")),
                Availability.of(row.getString("availability")).orElse(Availability.AUTO));
    }

    /** The keywords of a stored text; none for null. */
    static List<String> keywords(String lines) {
        return lines == null ? List.of() : List.of(lines.split("\n"));
    }
}
