package parley.protocol;

import tools.jackson.core.JsonGenerator;

/** Writes the events and replies about the text of documents as JSON fields. */
final class DocumentWriter {

    private DocumentWriter() {
    }

    static void write(JsonGenerator json, Event.DocumentUpdated updated) {
        begin(json, "document.updated", updated.room(), updated.document());
        json.writeNumberProperty("version", updated.version());
        json.writeStringProperty("update", updated.update());
        FrameWriter.user(json, "by", updated.by());
    }

    static void write(JsonGenerator json, Event.DocumentAware aware) {
        begin(json, "document.aware", aware.room(), aware.document());
        json.writeStringProperty("data", aware.data());
        FrameWriter.user(json, "by", aware.by());
    }

    static void write(JsonGenerator json, Event.DocumentClosed closed) {
        begin(json, "document.closed", closed.room(), closed.document());
        json.writeStringProperty("code", closed.code().wire());
        json.writeBooleanProperty("reopen", closed.reopen());
    }

    static void write(JsonGenerator json, Reply.Opened opened) {
        json.writeStringProperty("document", opened.document());
        json.writeStringProperty("title", opened.title());
        json.writeNumberProperty("version", opened.version());
        opened.snapshot().ifPresent(snapshot -> json.writeStringProperty("snapshot", snapshot));
        if (opened.download()) {
            json.writeBooleanProperty("download", true);
        }
        json.writeArrayPropertyStart("updates");
        opened.updates().forEach(json::writeString);
        json.writeEndArray();
        json.writeBooleanProperty("recovered", opened.recovered());
        if (opened.more()) {
            json.writeBooleanProperty("more", true);
        }
    }

    private static void begin(JsonGenerator json, String type, String room, String document) {
        json.writeStringProperty("type", type);
        json.writeStringProperty("room", room);
        json.writeStringProperty("document", document);
    }
}
