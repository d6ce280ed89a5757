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
import java.util.stream.Collectors;
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

    /** The keywords of all people who have any, by id. */
    @Transactional
    public Map<String, List<String>> keywords() {
        return Statements.query(em, row -> Map.entry(row.getString(1), List.of(row.getString(2).split("\n"))),
                        "select id, keywords from person where keywords is not null").stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
