package parley.scim;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import parley.protocol.TextRules;
import parley.settings.ScimSettings;
import parley.settings.Settings;
import parley.sql.Statements;

/** The tables of this package. Each call is a transaction and waits for the database. */
@ApplicationScoped
class ScimRows {

    static final Map<String, String> USER_FILTERS = Map.of("userName", "user_name_look", "externalId", "external_id", "id", "id");
    static final Map<String, String> GROUP_FILTERS = Map.of("displayName", "display_name", "externalId", "external_id", "id", "id");

    private static final String USERS =
            "select id, user_id, user_name, external_id, display_name, active, created_at, changed_at from scim_user";
    private static final String GROUPS = "select id, display_name, external_id, created_at, changed_at from scim_group";
    private static final int MOST_MEMBERS = 10_000;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    @Inject
    private Settings settings;

    /** A person whose membership in a room is due. */
    record Due(String room, String person, String stamp) {}

    /** A page of a list, and how many there are in all. */
    record Found<T>(List<T> page, long total) {}

    @Transactional
    Optional<ScimUser> user(String id) {
        return byId(ScimRows::user, USERS + " where id = ?", id);
    }

    // An id comes from an address and may have any characters.
    private <T> Optional<T> byId(Statements.RowReader<T> reader, String sql, String id) {
        return TextRules.isStorable(id) ? Statements.query(em, reader, sql, id).stream().findFirst() : Optional.empty();
    }

    @Transactional
    Found<ScimUser> users(Optional<ScimFilter> filter, int start, int count) {
        Optional<ScimFilter> small = filter.map(one -> one.column().equals("user_name_look")
                ? new ScimFilter(one.column(), look(one.value())) : one);
        return new Found<>(Statements.query(em, ScimRows::user, USERS + page(small, start, count), arguments(small)),
                total("scim_user", small));
    }

    private static String page(Optional<ScimFilter> filter, int start, int count) {
        return where(filter) + " order by created_at, id offset " + (start - 1) + " rows fetch next " + count + " rows only";
    }

    private static String where(Optional<ScimFilter> filter) {
        return filter.map(one -> " where " + one.column() + " = ?").orElse("");
    }

    private static Object[] arguments(Optional<ScimFilter> filter) {
        return filter.stream().map(ScimFilter::value).toArray();
    }

    private long total(String table, Optional<ScimFilter> filter) {
        return Statements.query(em, row -> row.getLong(1), "select count(*) from " + table + where(filter), arguments(filter)).getFirst();
    }

    /** The user id here of a user who is added; empty if the attribute is missing. */
    Optional<String> person(UserChange given) {
        return settings.scim().userId() == ScimSettings.UserId.EXTERNAL_ID ? given.externalId() : given.userName();
    }

    /** Adds a user. */
    @Transactional
    ScimOutcome<ScimUser> add(UserChange given, Instant now) {
        String userName = given.userName().orElseThrow();
        Optional<String> person = person(given);
        if (person.filter(TextRules::isUserId).isEmpty()) {
            return new ScimOutcome.Refused<>(ScimProblem.value("The attribute that is the user id here is missing or not allowed."));
        }
        if (Statements.finds(em, "select 1 from scim_user where user_id = ? or user_name_look = ?", person.get(), look(userName))) {
            return new ScimOutcome.Refused<>(ScimProblem.taken("There is a user with this `userName` or user id."));
        }
        ScimUser user = new ScimUser(UUID.randomUUID().toString(), person.get(), userName, given.externalId(),
                shown(given.displayName().orElse(userName), person.get()), given.active().orElse(true), now, now);
        Statements.update(em, """
                insert into scim_user (id, user_id, user_name, user_name_look, external_id, display_name, active, created_at, changed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""", user.id(), user.person(), user.userName(), look(user.userName()),
                user.externalId().orElse(null), user.displayName(), user.active(), now.toEpochMilli(), now.toEpochMilli());
        return new ScimOutcome.Done<>(user);
    }

    private static String shown(String name, String person) {
        String shown = TextRules.shown(name);
        return shown.isEmpty() ? person : shown;
    }

    private static String look(String userName) {
        return userName.toLowerCase(Locale.ROOT);
    }

    /** Changes a user. */
    @Transactional
    ScimOutcome<ScimUser> change(String id, UserChange given, Instant now) {
        Optional<ScimUser> found = lockedUser(id);
        if (found.isEmpty()) {
            return new ScimOutcome.Refused<>(ScimProblem.missing());
        }
        ScimUser changed = found.get().with(given, now);
        if (Statements.finds(em, "select 1 from scim_user where user_name_look = ? and id <> ?", look(changed.userName()), id)) {
            return new ScimOutcome.Refused<>(ScimProblem.taken("There is a user with this `userName`."));
        }
        Statements.update(em, "update scim_user set user_name = ?, user_name_look = ?, external_id = ?, display_name = ?, active = ?, "
                + "changed_at = ? where id = ?", changed.userName(), look(changed.userName()), changed.externalId().orElse(null),
                shown(changed.displayName(), changed.person()), changed.active(), now.toEpochMilli(), id);
        if (changed.active() != found.get().active()) {
            groupsOf(id).forEach(group -> due(group, List.of(changed.person())));
        }
        return new ScimOutcome.Done<>(changed);
    }

    private Optional<ScimUser> lockedUser(String id) {
        return byId(ScimRows::user, USERS + " where id = ? for update", id);
    }

    /** Deletes a user, and returns who it was. */
    @Transactional
    Optional<ScimUser> deleteUser(String id) {
        Optional<ScimUser> found = lockedUser(id);
        found.ifPresent(user -> {
            groupsOf(id).forEach(group -> due(group, List.of(user.person())));
            Statements.update(em, "delete from scim_member where user_id = ?", id);
            Statements.update(em, "delete from scim_user where id = ?", id);
        });
        return found;
    }

    private List<String> groupsOf(String user) {
        return Statements.query(em, row -> row.getString(1),
                "select g.display_name from scim_member m join scim_group g on g.id = m.group_id where m.user_id = ?", user);
    }

    // The rooms that groups of this name fill.
    private void due(String group, Collection<String> people) {
        Set<String> rooms = new LinkedHashSet<>(settings.scim().rules().stream().filter(rule -> rule.group().matcher(group).matches())
                .map(ScimSettings.Rule::room).toList());
        for (String room : rooms) {
            for (String person : people) {
                String stamp = UUID.randomUUID().toString();
                if (Statements.update(em, "update scim_due set stamp = ? where room = ? and user_id = ?", stamp, room, person) == 0) {
                    Statements.update(em, "insert into scim_due (room, user_id, stamp) values (?, ?, ?)", room, person, stamp);
                }
            }
        }
    }

    @Transactional
    Optional<ScimGroup> group(String id) {
        return byId(row -> group(row, List.of()), GROUPS + " where id = ?", id)
                .map(group -> new ScimGroup(group.id(), group.displayName(), group.externalId(), members(id), group.created(),
                        group.changed()));
    }

    private List<String> members(String group) {
        return Statements.query(em, row -> row.getString(1), "select user_id from scim_member where group_id = ? order by user_id", group);
    }

    /** Groups without their members. */
    @Transactional
    Found<ScimGroup> groups(Optional<ScimFilter> filter, int start, int count) {
        return new Found<>(Statements.query(em, row -> group(row, List.of()), GROUPS + page(filter, start, count), arguments(filter)),
                total("scim_group", filter));
    }

    /** Adds a group. */
    @Transactional
    ScimOutcome<ScimGroup> add(GroupChange given, Instant now) {
        String id = UUID.randomUUID().toString();
        Statements.update(em, "insert into scim_group (id, display_name, external_id, created_at, changed_at) values (?, ?, ?, ?, ?)", id,
                given.displayName().orElseThrow(), given.externalId().orElse(null), now.toEpochMilli(), now.toEpochMilli());
        return change(id, given, now);
    }

    /** Changes a group. Ids of members who are no users are refused. */
    @Transactional
    ScimOutcome<ScimGroup> change(String id, GroupChange given, Instant now) {
        Optional<ScimGroup> found = lockedGroup(id);
        if (found.isEmpty()) {
            return new ScimOutcome.Refused<>(ScimProblem.missing());
        }
        Set<String> before = new LinkedHashSet<>(members(id));
        Set<String> after = given.after(before);
        Set<String> added = without(after, before);
        if (people(added).size() != added.size() || after.size() > MOST_MEMBERS) {
            return new ScimOutcome.Refused<>(ScimProblem.value("`members` must be ids of users, at most " + MOST_MEMBERS + "."));
        }
        ScimGroup old = found.get();
        String name = given.displayName().orElse(old.displayName());
        Statements.update(em, "update scim_group set display_name = ?, external_id = ?, changed_at = ? where id = ?", name,
                given.externalId().or(old::externalId).orElse(null), now.toEpochMilli(), id);
        Set<String> removed = without(before, after);
        removed.forEach(user -> Statements.update(em, "delete from scim_member where group_id = ? and user_id = ?", id, user));
        added.forEach(user -> Statements.update(em, "insert into scim_member (group_id, user_id) values (?, ?)", id, user));
        if (name.equals(old.displayName())) {
            due(name, people(union(added, removed)));
        } else {
            due(old.displayName(), people(union(before, after)));
            due(name, people(union(before, after)));
        }
        return new ScimOutcome.Done<>(group(id).orElseThrow());
    }

    private Optional<ScimGroup> lockedGroup(String id) {
        return byId(row -> group(row, List.of()), GROUPS + " where id = ? for update", id);
    }

    private static Set<String> without(Set<String> all, Set<String> others) {
        Set<String> rest = new LinkedHashSet<>(all);
        rest.removeAll(others);
        return rest;
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }

    private List<String> people(Collection<String> users) {
        return users.isEmpty() ? List.of() : new ArrayList<>(Statements.query(em, row -> row.getString(1),
                "select user_id from scim_user where id = any(?)", (Object) users.toArray(String[]::new)));
    }

    /** Deletes a group. Returns whether there was one. */
    @Transactional
    boolean deleteGroup(String id) {
        Optional<ScimGroup> found = lockedGroup(id);
        found.ifPresent(group -> {
            due(group.displayName(), people(members(id)));
            Statements.update(em, "delete from scim_member where group_id = ?", id);
            Statements.update(em, "delete from scim_group where id = ?", id);
        });
        return found.isPresent();
    }

    /** The next people whose memberships are due. */
    @Transactional
    List<Due> due(int most) {
        return Statements.query(em, row -> new Due(row.getString(1), row.getString(2), row.getString(3)),
                "select room, user_id, stamp from scim_due order by room, user_id limit " + most);
    }

    /** This membership is as it should be, unless a group changed meanwhile. */
    @Transactional
    void done(Due due) {
        Statements.update(em, "delete from scim_due where room = ? and user_id = ? and stamp = ?", due.room(), due.person(), due.stamp());
    }

    /** The user who should be in a room by the rules; empty for a person who should not. */
    @Transactional
    Optional<ScimUser> wanted(Due due) {
        return Statements.query(em, ScimRows::user, USERS + " where user_id = ? and active", due.person()).stream()
                .filter(user -> groupsOf(user.id()).stream().anyMatch(group -> fills(group, due.room()))).findFirst();
    }

    private boolean fills(String group, String room) {
        return settings.scim().rules().stream().anyMatch(rule -> rule.room().equals(room) && rule.group().matcher(group).matches());
    }

    private static ScimUser user(ResultSet row) throws SQLException {
        return new ScimUser(row.getString("id"), row.getString("user_id"), row.getString("user_name"),
                Optional.ofNullable(row.getString("external_id")), row.getString("display_name"), row.getBoolean("active"),
                Instant.ofEpochMilli(row.getLong("created_at")), Instant.ofEpochMilli(row.getLong("changed_at")));
    }

    private static ScimGroup group(ResultSet row, List<String> members) throws SQLException {
        return new ScimGroup(row.getString("id"), row.getString("display_name"), Optional.ofNullable(row.getString("external_id")), members,
                Instant.ofEpochMilli(row.getLong("created_at")), Instant.ofEpochMilli(row.getLong("changed_at")));
    }
}
