package parley.cluster;

import java.util.Map;
import java.util.Optional;
import parley.kit.ChatClient;
import parley.server.Instance;
import tools.jackson.databind.JsonNode;

/** A connection that watches its person's rooms, and what it was told about one of them. For one thread. */
final class Device {

    private final String user;
    private final String room;
    private Instance instance;
    private ChatClient socket;
    private Optional<Recount.Numbers> told;

    Device(String user, String room) {
        this.user = user;
        this.room = room;
    }

    String user() {
        return user;
    }

    boolean isAt(Instance other) {
        return instance == other;
    }

    ChatClient socket() {
        return socket;
    }

    void connects(Instance to) {
        instance = to;
        socket = new UserAt(to, user).connects();
        told = in(socket.asks("watch", Map.of()).ok(), room);
    }

    void disconnects() {
        if (socket != null) {
            socket.disconnectsAbruptly();
        }
    }

    /** The numbers that it was told last; empty if the person is no member of the room. */
    Optional<Recount.Numbers> told() {
        for (JsonNode event : socket.received()) {
            JsonNode about = event.path("room");
            switch (event.get("type").stringValue()) {
                case "activity" -> told = about.stringValue().equals(room) ? Optional.of(Recount.Numbers.of(event)) : told;
                case "room.added" -> told = about.get("id").stringValue().equals(room) ? Optional.of(Recount.Numbers.of(about)) : told;
                case "room.removed" -> told = about.stringValue().equals(room) ? Optional.empty() : told;
                default -> { }
            }
        }
        return told;
    }

    /** The numbers of a room in a list of rooms. */
    static Optional<Recount.Numbers> in(JsonNode rooms, String room) {
        return rooms.get("rooms").valueStream().filter(one -> one.get("id").stringValue().equals(room)).findFirst()
                .map(Recount.Numbers::of);
    }
}
