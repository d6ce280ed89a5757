package parley.room;

import java.util.Optional;
import parley.protocol.OngoingCall;

/** The calls that are on in rooms, for who subscribes to a room. */
public interface OngoingCalls {

    /** The call of a room with the people who are in it, if there is one. Waits for the database. */
    Optional<OngoingCall> of(String room);
}
