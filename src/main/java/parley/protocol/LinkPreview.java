package parley.protocol;

import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * The title, the description and a picture of the page behind a link in a message. They come from another site: never trust them.
 *
 * @param url as the message has it
 * @param title empty if the page has none
 * @param text a description; empty if the page has none
 * @param picture the id of a small picture; empty if the page has none
 */
public record LinkPreview(String url, String title, String text, String picture) {

    /** The most previews of a message. */
    public static final int MOST = Links.MOST;

    static void write(JsonGenerator json, List<LinkPreview> previews) {
        if (previews.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("previews");
        for (LinkPreview preview : previews) {
            json.writeStartObject();
            json.writeStringProperty("url", preview.url);
            text(json, "title", preview.title);
            text(json, "text", preview.text);
            text(json, "picture", preview.picture);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void text(JsonGenerator json, String name, String text) {
        if (!text.isEmpty()) {
            json.writeStringProperty(name, text);
        }
    }

    /** The previews of an event. */
    static List<LinkPreview> read(JsonNode event) {
        return event.path("previews").valueStream().map(preview -> new LinkPreview(preview.get("url").stringValue(),
                preview.path("title").stringValue(""), preview.path("text").stringValue(""), preview.path("picture").stringValue("")))
                .toList();
    }
}
