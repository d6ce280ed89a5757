package parley.protocol;

import java.util.List;
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
        if (!page.documents().isEmpty()) {
            json.writeArrayPropertyStart("documents");
            page.documents().forEach(hit -> write(json, hit));
            json.writeEndArray();
        }
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
        highlights(json, hit.highlights());
        hit.passage().ifPresent(passage -> {
            json.writeObjectPropertyStart("passage");
            json.writeStringProperty("file", passage.file());
            write(json, passage);
        });
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SearchPage.DocumentHit hit) {
        json.writeStartObject();
        json.writeStringProperty("room", hit.room());
        json.writeObjectPropertyStart("document");
        json.writeStringProperty("id", hit.document());
        json.writeStringProperty("title", hit.title());
        json.writeEndObject();
        highlights(json, hit.highlights());
        hit.passage().ifPresent(passage -> {
            json.writeObjectPropertyStart("passage");
            write(json, passage);
        });
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, SearchPage.Passage passage) {
        json.writeStringProperty("text", passage.text());
        highlights(json, passage.highlights());
        json.writeEndObject();
    }

    private static void highlights(JsonGenerator json, List<SearchPage.Range> ranges) {
        json.writeArrayPropertyStart("highlights");
        for (SearchPage.Range range : ranges) {
            json.writeStartArray();
            json.writeNumber(range.from());
            json.writeNumber(range.to());
            json.writeEndArray();
        }
        json.writeEndArray();
    }
}
