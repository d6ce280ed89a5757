package parley.protocol;

import tools.jackson.core.JsonGenerator;

/** A page of search results as JSON. */
final class SearchPageWriter {

    private SearchPageWriter() {
    }

    static void write(JsonGenerator json, SearchPage page) {
        json.writeStartObject();
        json.writeArrayPropertyStart("results");
        page.results().forEach(hit -> write(json, hit));
        json.writeEndArray();
        page.next().ifPresent(next -> json.writeStringProperty("cursor", next));
        page.total().ifPresent(total -> json.writeNumberProperty("total", total));
        FrameWriter.flag(json, "partial", page.partial());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SearchPage.Hit hit) {
        json.writeStartObject();
        json.writeStringProperty("room", hit.room());
        json.writeName("message");
        MessageWriter.write(json, hit.message());
        json.writeArrayPropertyStart("highlights");
        for (SearchPage.Range range : hit.highlights()) {
            json.writeStartArray();
            json.writeNumber(range.from());
            json.writeNumber(range.to());
            json.writeEndArray();
        }
        json.writeEndArray();
        json.writeEndObject();
    }
}
