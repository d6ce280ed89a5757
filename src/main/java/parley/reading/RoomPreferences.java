package parley.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.OptionalLong;
import parley.protocol.Level;
import parley.sql.Conflict;

/** How people sorted their rooms. Each call waits for the database. */
@ApplicationScoped
public class RoomPreferences {

    /**
     * What a person changes; empty for what stays.
     *
     * @param hidden whether the room is hidden until its next message
     * @param section the name of the section, an empty text for none
     * @param position the place in the section; 0 for none
     */
    public record Changes(Optional<Level> level, Optional<Boolean> hidden, Optional<Boolean> favourite, Optional<String> section,
                          OptionalLong position) {}

    @Inject
    private PreferenceRows rows;

    /**
     * Stores these changes.
     *
     * @param head the head of the room: a later message shows a hidden room again
     */
    public void change(String user, String room, Changes changes, long head) {
        Conflict.repeat(() -> rows.change(user, room, changes, head));
    }
}
