package parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A room as one of its members sees it in the list of their rooms.
 *
 * @param at the head of its log
 * @param unread what the member has not read
 * @param last the newest message outside threads that is not deleted
 * @param mutedUntil the end of the member's mute, if there is one
 * @param people who is in a direct room; none for other rooms
 * @param place how the member sorted the room
 */
public record MyRoom(String id, RoomProfile profile, Role role, Position at, Unread unread, Optional<Message> last,
                     Optional<Instant> mutedUntil, List<User> people, Place place) {

    /**
     * How a person sorted a room.
     *
     * @param hidden whether the room is hidden until its next message
     * @param section the name of the person's section, empty for none
     * @param position the place within the section; 0 for none
     */
    public record Place(Level level, boolean favourite, boolean hidden, String section, long position) {}
}
