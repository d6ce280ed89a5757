package parley.protocol;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a {@link CallChange} in its event. */
final class CallChangeCodec {

    static final Map<String, Function<ObjectNode, Change>> READERS = Map.of(
            CallChange.Started.TYPE, json -> new CallChange.Started(call(json)),
            CallChange.Ended.TYPE, json -> new CallChange.Ended(call(json), json.get("seconds").longValue(), people(json)));

    private CallChangeCodec() {
    }

    static void write(JsonGenerator json, CallChange change) {
        json.writeStringProperty("call", change.call());
        if (change instanceof CallChange.Ended ended) {
            json.writeNumberProperty("seconds", ended.seconds());
            FrameWriter.users(json, "people", ended.people());
        }
    }

    private static String call(ObjectNode json) {
        return json.get("call").stringValue();
    }

    private static List<User> people(ObjectNode json) {
        return json.path("people").valueStream().map(EventReader::user).toList();
    }
}
