package parley.protocol;

import java.util.Map;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.node.ObjectNode;

/** The fields of a {@link DocumentChange} in its event. */
final class DocumentChangeCodec {

    static final Map<String, Function<ObjectNode, Change>> READERS = Map.of(
            DocumentChange.Created.TYPE, json -> new DocumentChange.Created(document(json), title(json)),
            DocumentChange.Renamed.TYPE, json -> new DocumentChange.Renamed(document(json), title(json)),
            DocumentChange.Deleted.TYPE, json -> new DocumentChange.Deleted(document(json)));

    private DocumentChangeCodec() {
    }

    static void write(JsonGenerator json, DocumentChange change) {
        json.writeStringProperty("document", change.document());
        switch (change) {
            case DocumentChange.Created created -> title(json, created.title());
            case DocumentChange.Renamed renamed -> title(json, renamed.title());
            case DocumentChange.Deleted deleted -> { }
        }
    }

    private static void title(JsonGenerator json, String title) {
        if (title.isEmpty()) {
            json.writeBooleanProperty("deleted", true);
        } else {
            json.writeStringProperty("title", title);
        }
    }

    private static String document(ObjectNode json) {
        return json.get("document").stringValue();
    }

    private static String title(ObjectNode json) {
        return json.path("title").asString("");
    }
}
