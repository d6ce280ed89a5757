package parley.protocol;

import tools.jackson.core.JsonGenerator;

/** Announcements, as JSON fields. */
final class AnnouncementWriter {

    private AnnouncementWriter() {
    }

    static void write(JsonGenerator json, Event.AnnouncementShown shown) {
        json.writeStringProperty("type", "announcement.shown");
        json.writeStringProperty("id", shown.id());
        json.writeStringProperty("kind", shown.kind().wire());
        json.writeStringProperty("text", shown.text());
        shown.link().ifPresent(link -> json.writeStringProperty("link", link));
        shown.until().ifPresent(until -> json.writeStringProperty("until", FrameWriter.time(until)));
        FrameWriter.flag(json, "dismissible", shown.dismissible());
    }

    static void write(JsonGenerator json, Event.AnnouncementEnded ended) {
        json.writeStringProperty("type", "announcement.ended");
        json.writeStringProperty("id", ended.id());
    }
}
