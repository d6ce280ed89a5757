package parley.protocol;

import java.util.Map;
import java.util.function.BiFunction;

/** From the fields of a frame to a {@link RoomCommand}. */
final class RoomCommandReader {

    static final Map<String, BiFunction<Long, Fields, Command>> READERS = Map.of(
            RoomCommand.Join.TYPE, (id, fields) -> new RoomCommand.Join(id, fields.room("room")),
            RoomCommand.Leave.TYPE, (id, fields) -> new RoomCommand.Leave(id, fields.room("room")));

    private RoomCommandReader() {
    }
}
