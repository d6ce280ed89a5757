package parley.export;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.protocol.WireTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an export has. Two exports of the same request have the same bytes, unless what they cover was changed meanwhile.
 *
 * @param own a person's own data, instead of what the person could read
 * @param person only what this person could read in the span
 * @param rooms only these; empty for all
 * @param from the begin of the span; empty for the begin of everything
 * @param to the end of the span, exclusive
 * @param history whether events from before the span are in the export too
 * @param mail whether the messages are in the export as mails too
 * @param files whether the bytes of files are in the export
 * @param held whether it has what a hold keeps
 */
public record ExportRequest(boolean own, Optional<String> person, List<String> rooms, Optional<Instant> from, Instant to, boolean history,
                            boolean mail, boolean files, boolean held) {

    /** The most rooms that a request names. */
    public static final int MOST_ROOMS = 1_000;

    /** All that the server keeps of what this person wrote and chose. */
    static ExportRequest ownOf(String person, Instant now) {
        return new ExportRequest(true, Optional.of(person), List.of(), Optional.empty(), now, true, false, true, false);
    }

    /** Whether an event at this time is in the export. */
    boolean covers(Instant at) {
        return at.isBefore(to) && (history || from.isEmpty() || !at.isBefore(from.get()));
    }

    /** As the manifest has it. */
    public ObjectNode json() {
        ObjectNode json = Lines.object();
        json.put("scope", own ? "own" : person.isPresent() ? "person" : rooms.isEmpty() ? "all" : "rooms");
        person.ifPresent(id -> json.put("person", id));
        if (!rooms.isEmpty()) {
            ArrayNode ids = json.putArray("rooms");
            rooms.forEach(ids::add);
        }
        from.ifPresent(at -> json.put("from", WireTime.text(at)));
        json.put("to", WireTime.text(to)).put("history", history).put("mail", mail).put("files", files).put("held", held);
        return json;
    }

    /** The request that {@link #json} wrote. */
    static ExportRequest of(String text) {
        JsonNode json = Lines.read(text);
        List<String> rooms = new ArrayList<>();
        json.path("rooms").forEach(room -> rooms.add(room.stringValue()));
        return new ExportRequest(json.get("scope").stringValue().equals("own"),
                Optional.ofNullable(json.get("person")).map(JsonNode::stringValue), List.copyOf(rooms),
                Optional.ofNullable(json.get("from")).map(from -> Instant.parse(from.stringValue())),
                Instant.parse(json.get("to").stringValue()), json.get("history").booleanValue(), json.get("mail").booleanValue(),
                json.get("files").booleanValue(), json.get("held").booleanValue());
    }
}
