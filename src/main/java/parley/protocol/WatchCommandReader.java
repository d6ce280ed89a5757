package parley.protocol;

import java.util.Map;
import java.util.function.BiFunction;

/** From the fields of a frame to a {@link WatchCommand}. */
final class WatchCommandReader {

    static final Map<String, BiFunction<Long, Fields, Command>> READERS = Map.of(
            WatchCommand.Watch.TYPE, (id, fields) -> new WatchCommand.Watch(id),
            WatchCommand.Unwatch.TYPE, (id, fields) -> new WatchCommand.Unwatch(id),
            WatchCommand.Read.TYPE, (id, fields) -> new WatchCommand.Read(id, fields.room("room"), fields.number("upto", 0),
                    fields.flag("back", false)));

    private WatchCommandReader() {
    }
}
