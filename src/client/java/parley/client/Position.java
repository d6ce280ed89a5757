package parley.client;

import java.util.Objects;

/**
 * A place in the log of a room.
 *
 * @param epoch identifies the log; an offset is valid only in its epoch
 * @param offset the number of an event, from 1; 0 is before the first
 */
public record Position(String epoch, long offset) {

    public Position {
        Objects.requireNonNull(epoch, "epoch");
        if (offset < 0) {
            throw new IllegalArgumentException("An offset is at least 0.");
        }
    }
}
