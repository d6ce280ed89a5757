package parley.protocol;

import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/** From the fields of a frame to a {@link ReadCommand}. */
final class ReadCommandReader {

    static final Map<String, BiFunction<Long, Fields, Command>> READERS = Map.of(
            ReadCommand.Subscribe.TYPE, ReadCommandReader::subscribe,
            ReadCommand.Unsubscribe.TYPE, (id, fields) -> new ReadCommand.Unsubscribe(id, fields.room("room")),
            ReadCommand.History.TYPE, (id, fields) -> new ReadCommand.History(id, fields.room("room"), HistoryPage.of(fields)));

    private ReadCommandReader() {
    }

    static ReadCommand.Subscribe subscribe(long id, Fields fields) {
        String room = fields.room("room");
        int last = (int) fields.number("last", 0, HistoryPage.LARGEST, -1);
        if (!fields.has("since")) {
            return new ReadCommand.Subscribe(id, room, Optional.empty(), last);
        }
        Fields since = fields.object("since");
        Position position = new Position(since.line("epoch", Position.LONGEST_EPOCH), since.number("offset", 0));
        since.problem().ifPresent(fields::wrong);
        if (last >= 0) {
            fields.wrong(Problem.badRequest("`since` and `last` can't be combined."));
        }
        return new ReadCommand.Subscribe(id, room, Optional.of(position), last);
    }
}
