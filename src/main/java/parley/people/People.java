package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import parley.protocol.User;
import parley.settings.Settings;
import parley.settings.Visibility;

/** Who exists, and what others may know about them. Each call may wait for the database; not for a thread that serves sockets. */
@ApplicationScoped
public class People {

    @Inject
    private Directory directory;
    @Inject
    private SignIns signIns;
    @Inject
    private Settings settings;

    /** Whether this person has signed in at least once. */
    public boolean exists(String id) {
        return signIns.waiting(id).isPresent() || directory.has(id);
    }

    /** This person with today's name, if they have signed in at least once. */
    public Optional<User> user(String id) {
        return signIns.waiting(id).or(() -> Optional.ofNullable(directory.names(List.of(id)).get(id)).map(name -> new User(id, name)));
    }

    /** All of these people with today's names; empty if the asker may not know one of them, or one has never signed in. */
    public Optional<List<User>> all(List<String> ids, String asker) {
        List<User> users = ids.stream().filter(id -> visibleToAll() || visible(id, asker).isPresent())
                .flatMap(id -> user(id).stream()).toList();
        return users.size() == ids.size() ? Optional.of(users) : Optional.empty();
    }

    /** Today's names of those of these people who have signed in, by id. */
    public Map<String, String> names(Collection<String> ids) {
        return ids.isEmpty() ? Map.of() : directory.names(ids);
    }

    /** This person, if the asker may know them: by the setting, only a person who shares a room with the asker. */
    public Optional<Person> visible(String id, String asker) {
        return directory.one(id, bound(asker).filter(user -> !user.equals(id)), Instant.now());
    }

    /**
     * Up to {@code limit} people whom the asker may know and a query finds, by id, after an id (empty for the first page).
     *
     * @param query the beginning of an id, or beginnings of words of a name; empty for everyone
     */
    public List<Person> find(String query, String after, int limit, String asker) {
        return directory.find(query, after, limit, bound(asker), Instant.now());
    }

    /** The same for administrators, who may know everyone. */
    public List<Person> everyone(String query, String after, int limit) {
        return directory.find(query, after, limit, Optional.empty(), Instant.now());
    }

    private boolean visibleToAll() {
        return settings.people().visible() == Visibility.ALL;
    }

    private Optional<String> bound(String asker) {
        return visibleToAll() ? Optional.empty() : Optional.of(asker);
    }
}
