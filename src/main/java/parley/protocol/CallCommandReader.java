package parley.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** From the fields of a frame to a {@link CallCommand}. */
final class CallCommandReader {

    static final Map<String, BiFunction<Long, Fields, Command>> READERS = Map.of(
            CallCommand.Start.TYPE, (id, fields) -> new CallCommand.Start(id, fields.room("room")),
            CallCommand.Join.TYPE, (id, fields) -> new CallCommand.Join(id, fields.room("room"), participant(fields)),
            CallCommand.Leave.TYPE, (id, fields) -> new CallCommand.Leave(id, fields.room("room")),
            CallCommand.Signal.TYPE, (id, fields) -> new CallCommand.Signal(id, fields.room("room"), fields.user("to"),
                    participant(fields), fields.json("data", CallCommand.LARGEST_SIGNAL)));

    private CallCommandReader() {
    }

    private static Optional<String> participant(Fields fields) {
        return fields.has("participant") ? Optional.of(fields.line("participant", CallParticipant.LONGEST_ID)) : Optional.empty();
    }
}
