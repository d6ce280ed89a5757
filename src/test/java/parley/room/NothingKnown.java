package parley.room;

import java.util.Optional;
import java.util.OptionalLong;

/** A decision context for tests: no message, no taken name, no quota. */
public class NothingKnown implements DecisionContext {

    @Override
    public OptionalLong posted(RoomView room, String author, String key) {
        return OptionalLong.empty();
    }

    @Override
    public Optional<ExactMessage> message(RoomView room, long offset) {
        return Optional.empty();
    }

    @Override
    public int pins(RoomView room) {
        return 0;
    }

    @Override
    public boolean isNameTaken(String room, String name) {
        return false;
    }
}
