package parley.protocol;

import java.util.Map;
import java.util.function.BiFunction;

/** From the fields of a frame to a {@link ConnectionCommand}. */
final class ConnectionCommandReader {

    static final Map<String, BiFunction<Long, Fields, Command>> READERS = Map.of(
            ConnectionCommand.Typing.TYPE, (id, fields) -> new ConnectionCommand.Typing(id, fields.room("room"), fields.flag("on")),
            ConnectionCommand.RefreshToken.TYPE, (id, fields) -> new ConnectionCommand.RefreshToken(id,
                    fields.line("token", ConnectionCommand.RefreshToken.LONGEST_TOKEN)),
            ConnectionCommand.Ping.TYPE, (id, fields) -> new ConnectionCommand.Ping(id));

    private ConnectionCommandReader() {
    }
}
