package parley.watch;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import parley.hub.Connection;
import parley.hub.ConnectionGone;
import parley.metrics.Metrics;
import parley.protocol.Codec;
import parley.protocol.Event.Activity;
import parley.protocol.Event.Read;
import parley.protocol.Frame;
import parley.reading.MarkerMoved;

/** The people who watch their rooms on this instance. Bounded by its connections. Safe for every thread; never waits. */
@ApplicationScoped
public class Watchers {

    /** A person's watching connections, and the rooms that they know of. */
    private static final class Person {
        private final Map<Connection, Watcher> connections = new ConcurrentHashMap<>(2);
        private volatile RoomSet rooms = RoomSet.NONE;
    }

    /** An event for one person. */
    public record Addressed(String user, parley.protocol.Event event) {}

    private final Map<String, Person> people = new ConcurrentHashMap<>();
    /** How many people here have a room. */
    private final Map<String, Integer> known = new ConcurrentHashMap<>();
    private Event<PeopleTold> told;

    /** For the container's proxy. */
    protected Watchers() {
    }

    @Inject
    Watchers(Event<PeopleTold> told, Metrics metrics) {
        this.told = told;
        metrics.gauge("parley_people_watching", "People with a connection to this instance that watches their rooms.", people::size);
    }

    /** Sends an event to every watching connection of a person, on every instance. */
    public void tell(String user, parley.protocol.Event event) {
        tell(List.of(new Addressed(user, event)));
    }

    /** Sends events to every watching connection of their people, on every instance. */
    public void tell(Collection<Addressed> events) {
        List<PersonTold> frames = events.stream().map(each -> new PersonTold(each.user, Codec.encode(each.event))).toList();
        frames.forEach(this::elsewhere);
        told.fire(new PeopleTold(frames));
    }

    /** Sends a frame of another instance to the watching connections of its person on this one. */
    public void elsewhere(PersonTold sent) {
        here(sent.user(), null, sent.frame());
    }

    /** Sends an event to every watching connection of everyone on this instance. */
    public void tellAllHere(parley.protocol.Event event) {
        Frame frame = Codec.encode(event);
        people.keySet().forEach(user -> here(user, null, frame));
    }

    /** Sends an event to the watching connections of a person on this instance. */
    void here(String user, parley.protocol.Event event) {
        if (people.containsKey(user)) {
            here(user, event instanceof Activity activity ? activity : null, Codec.encode(event));
        }
    }

    private void here(String user, Activity activity, Frame frame) {
        Person person = people.get(user);
        if (person != null) {
            person.connections.values().forEach(watcher -> watcher.tell(activity, frame));
        }
    }

    void moved(@Observes MarkerMoved moved) {
        here(moved.by().id(), new Read(moved.room(), moved.by(), moved.upto()));
    }

    /** Begins to hold events back for a connection, until its reply is sent. */
    Watcher begin(Connection connection) {
        Watcher watcher = new Watcher(connection);
        people.compute(connection.caller().id(), (user, there) -> {
            Person person = there == null ? new Person() : there;
            person.connections.put(connection, watcher);
            return person;
        });
        if (connection.isGone()) {
            end(connection);
        }
        return watcher;
    }

    void gone(@Observes ConnectionGone gone) {
        end(gone.connection());
    }

    /** Ends the watching of a connection, if it watches. */
    void end(Connection connection) {
        people.computeIfPresent(connection.caller().id(), (user, person) -> {
            person.connections.remove(connection);
            return keepOrForget(person);
        });
    }

    /** Ends what a command began, unless a later one has replaced it. */
    void end(Connection connection, Watcher watcher) {
        people.computeIfPresent(connection.caller().id(), (user, person) -> {
            person.connections.remove(connection, watcher);
            return keepOrForget(person);
        });
    }

    private Person keepOrForget(Person person) {
        if (!person.connections.isEmpty()) {
            return person;
        }
        count(person.rooms, RoomSet.NONE);
        return null;
    }

    /** Whether a connection of this person to this instance watches. */
    public boolean isWatching(String user) {
        return people.containsKey(user);
    }

    boolean isEmpty() {
        return people.isEmpty();
    }

    /** Whether someone who watches here has this room. */
    boolean know(String room) {
        return known.containsKey(room);
    }

    /** The ids of those who watch here. */
    Set<String> people() {
        return people.keySet();
    }

    /** The rooms that a person's connections know of. */
    RoomSet rooms(String user) {
        Person person = people.get(user);
        return person == null ? RoomSet.NONE : person.rooms;
    }

    /** Changes the rooms that a person's connections know of. */
    void know(String user, UnaryOperator<RoomSet> change) {
        people.computeIfPresent(user, (id, person) -> {
            RoomSet before = person.rooms;
            person.rooms = change.apply(before);
            count(before, person.rooms);
            return person;
        });
    }

    private void count(RoomSet before, RoomSet after) {
        after.stream().filter(room -> !before.contains(room)).forEach(room -> known.merge(room, 1, Integer::sum));
        before.stream().filter(room -> !after.contains(room))
                .forEach(room -> known.computeIfPresent(room, (id, people) -> people == 1 ? null : people - 1));
    }
}
