package parley.message;

import java.time.Instant;
import java.util.List;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/** Who is mentioned. */
final class Mentions {

    private Mentions() {
    }

    /** Those of these users who can read the room, each once. */
    static List<String> of(List<String> users, RoomView room, Instant now) {
        return users.isEmpty() ? users : users.stream().distinct().filter(user -> RoomPolicy.maySee(room, user, now)).toList();
    }
}
