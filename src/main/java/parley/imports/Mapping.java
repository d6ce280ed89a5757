package parley.imports;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import parley.identity.Service;
import parley.protocol.TextRules;
import parley.protocol.User;

/** Who someone of an export is here. For one thread. */
final class Mapping {

    private final String source;
    private final Map<String, String> users;
    private final Map<String, String> namesHere;
    private final Map<String, String> namesThere;
    private final boolean keeps;
    private final Report report;
    private final Map<String, User> known = new HashMap<>();

    /**
     * @param users user ids here, by ids there
     * @param namesHere names of those of them who have signed in, by user id
     * @param namesThere names by ids there
     * @param keeps whether other people get a user id that nobody can sign in with
     */
    Mapping(String source, Map<String, String> users, Map<String, String> namesHere, Map<String, String> namesThere, boolean keeps,
            Report report) {
        this.source = source;
        this.users = users;
        this.namesHere = namesHere;
        this.namesThere = namesThere;
        this.keeps = keeps;
        this.report = report;
    }

    /** The person with this id there, as an author; empty if the person is neither mapped nor kept. */
    Optional<User> person(String id, Optional<String> name) {
        return known(id).or(() -> keeps && !id.isEmpty() ? kept(id, name) : Optional.empty());
    }

    private Optional<User> kept(String id, Optional<String> name) {
        String user = Service.IMPORTED + source + ":" + id;
        String shown = TextRules.shown(name.orElse(namesThere.getOrDefault(id, id)));
        return TextRules.isUserId(user) ? Optional.of(new User(user, shown.isEmpty() ? user : shown)) : Optional.empty();
    }

    /** The person with this id there, if the person is mapped. */
    Optional<User> known(String id) {
        String user = users.get(id);
        return user == null ? Optional.empty() : Optional.of(known.computeIfAbsent(id, first -> {
            String there = TextRules.shown(namesThere.getOrDefault(id, ""));
            return new User(user, namesHere.getOrDefault(user, there.isEmpty() ? user : there));
        }));
    }

    /**
     * What stands after the {@code @} of a mention of this person: the name that people know here. Without one it is the user id, which
     * stays.
     */
    Optional<String> label(String id) {
        return known(id).map(user -> namesHere.getOrDefault(user.id(), user.id()));
    }

    /** Reports the people of the export who are not mapped. */
    void reportUnmapped() {
        namesThere.keySet().stream().filter(id -> !users.containsKey(id)).sorted()
                .forEach(id -> report.add(Why.UNMAPPED_PERSON, id + " " + namesThere.get(id)));
    }
}
