package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import parley.sql.Statements;

/** What people chose about notifications, for many people with one query. Each call waits for the database. */
@ApplicationScoped
public class NotificationChoices {

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** What these people chose, by id. People who have never signed in are left out. */
    @Transactional
    public Map<String, Preference> preferences(Collection<String> ids) {
        Map<String, Preference> preferences = new HashMap<>();
        Statements.query(em, row -> preferences.put(row.getString("id"), Profiles.preference(row)), """
                select id, receipts, quiet_from, quiet_to, quiet_zone, keywords, availability from person where id = any(?)""",
                (Object) ids.toArray(String[]::new));
        return preferences;
    }

    /** Whom of the {@code authors} these people have blocked, by id. */
    @Transactional
    public Map<String, Set<String>> blocks(Collection<String> ids, Collection<String> authors) {
        Map<String, Set<String>> blocks = new HashMap<>();
        Statements.query(em, row -> blocks.computeIfAbsent(row.getString(1), first -> new HashSet<>()).add(row.getString(2)),
                "select user_id, blocked from person_block where user_id = any(?) and blocked = any(?)",
                ids.toArray(String[]::new), authors.toArray(String[]::new));
        return blocks;
    }

    /**
     * Changed keywords.
     *
     * @param position of the last change that they include
     * @param byPerson all keywords of each person whose keywords changed; an empty list for a person who has none any more
     */
    public record ChangedKeywords(long position, Map<String, List<String>> byPerson) {}

    /** The keywords that changed after a position; those of all people after a negative one. One small query if none did. */
    @Transactional
    public ChangedKeywords keywordsAfter(long position) {
        long head = PersonHead.KEYWORDS.position(em);
        if (head == position) {
            return new ChangedKeywords(head, Map.of());
        }
        Map<String, List<String>> changed = new HashMap<>();
        Statements.query(em, row -> changed.put(row.getString(1), Profiles.keywords(row.getString(2))), position < 0
                ? "select id, keywords from person where keywords is not null and keywords_changed > ?"
                : "select id, keywords from person where keywords_changed > ?", position);
        return new ChangedKeywords(head, changed);
    }
}
