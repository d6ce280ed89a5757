package parley.export;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import parley.protocol.MemberChange;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.protocol.WireTime;
import tools.jackson.databind.node.ObjectNode;

/**
 * Folds the events about a room and its members to lines: who was in the room with which role, who was banned, and what kind of room it
 * was, each from one event to another. A line is written when it ends, and at the end of the log. For one thread.
 */
final class Memberships {

    /** @param line without its end */
    private record Begun(ObjectNode line, Optional<Role> role) {}

    private final String room;
    private final Predicate<String> wanted;
    private final Consumer<ObjectNode> lines;
    private final Map<String, Begun> members = new TreeMap<>();
    private final Map<String, Begun> bans = new TreeMap<>();
    private Optional<Begun> kind = Optional.empty();
    private RoomProfile profile;

    /**
     * @param wanted which users have lines
     * @param lines takes them, in the order of their ends
     */
    Memberships(String room, Predicate<String> wanted, Consumer<ObjectNode> lines) {
        this.room = room;
        this.wanted = wanted;
        this.lines = lines;
    }

    /** The next event about the room or its members. */
    void apply(RoomEvent event) {
        switch (event.change()) {
            case RoomChange.Updated updated -> become(updated.profile(), event);
            case RoomChange.Closed closed -> close(event);
            case MemberChange change when wanted.test(change.user().id()) -> change(change, event);
            default -> { }
        }
    }

    private void become(RoomProfile next, RoomEvent event) {
        if (profile == null || profile.kind() != next.kind()) {
            kind.ifPresent(begun -> end(begun, event, "kind"));
            ObjectNode line = begin("kind", event);
            line.put("kind", next.kind().wire());
            kind = Optional.of(new Begun(line, Optional.empty()));
        }
        profile = next;
    }

    private void change(MemberChange change, RoomEvent event) {
        User user = change.user();
        switch (change) {
            case MemberChange.Joined joined -> {
                lift(user, event);
                enter(user, joined.role(), event);
            }
            case MemberChange.Left left -> leave(user, event, event.by().id().equals(user.id()) ? "left" : "removed");
            case MemberChange.RoleChanged changed -> become(changed, event);
            case MemberChange.Muted muted -> { }
            case MemberChange.Unmuted unmuted -> { }
        }
    }

    private void become(MemberChange.RoleChanged changed, RoomEvent event) {
        User user = changed.user();
        lift(user, event);
        if (changed.role() == Role.BANNED) {
            leave(user, event, "banned");
            ObjectNode line = person("ban", user, event);
            changed.until().ifPresent(until -> line.put("until", WireTime.text(until)));
            bans.put(user.id(), new Begun(line, Optional.empty()));
        } else if (members.containsKey(user.id())) {
            enter(user, changed.role(), event);
        }
    }

    private void enter(User user, Role role, RoomEvent event) {
        leave(user, event, "role");
        ObjectNode line = person("member", user, event);
        line.put("role", role.wire());
        members.put(user.id(), new Begun(line, Optional.of(role)));
    }

    private void leave(User user, RoomEvent event, String how) {
        Optional.ofNullable(members.remove(user.id())).ifPresent(begun -> end(begun, event, how));
    }

    private void lift(User user, RoomEvent event) {
        Optional.ofNullable(bans.remove(user.id())).ifPresent(begun -> end(begun, event, "lifted"));
    }

    private void close(RoomEvent event) {
        members.values().forEach(begun -> end(begun, event, "closed"));
        bans.values().forEach(begun -> end(begun, event, "closed"));
        kind.ifPresent(begun -> end(begun, event, "closed"));
        members.clear();
        bans.clear();
        kind = Optional.empty();
    }

    private ObjectNode begin(String type, RoomEvent event) {
        return time(Lines.object().put("type", type).put("room", room), "from", event.offset(), event.at());
    }

    private ObjectNode person(String type, User user, RoomEvent event) {
        return begin(type, event).put("user", user.id()).put("name", user.name());
    }

    private void end(Begun begun, RoomEvent event, String how) {
        lines.accept(time(begun.line, "to", event.offset(), event.at()).put("end", how));
    }

    private static ObjectNode time(ObjectNode line, String name, long offset, Instant at) {
        return line.put(name, offset).put(name + "At", WireTime.text(at));
    }

    /** No more events: writes what has not ended. */
    void end() {
        members.values().forEach(begun -> lines.accept(begun.line));
        bans.values().forEach(begun -> lines.accept(begun.line));
        kind.ifPresent(begun -> lines.accept(begun.line));
    }

    /** The properties of the room after the last event; empty without one. */
    Optional<RoomProfile> profile() {
        return Optional.ofNullable(profile);
    }
}
