package parley.protocol;

import java.io.StringWriter;
import java.util.Optional;
import java.util.function.Consumer;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Between JSON text and the sealed types. Stateless, safe for every thread, never throws for what it is given.
 *
 * <p>Reading is strict: one JSON value a frame and nothing after it, no duplicate keys, at most 16 levels, numbers of
 * at most 32 characters, no field that the command doesn't have (RFC 8259 leaves duplicates open; here they are
 * refused, because two readers of one frame must not disagree).
 */
public final class Codec {

    /** The most bytes that a frame from a client may have. */
    public static final int LARGEST_FRAME = 65_536;
    /** The most characters (Unicode code points) that a text may have. */
    public static final int LONGEST_TEXT = 4_000;

    /** The most characters of a string that the server writes, and of one in the body of a snapshot. */
    private static final int LONGEST_STRING = 1 << 20;

    /** The most levels of a frame from a client. */
    static final int DEEPEST = 16;

    private static final JsonMapper JSON = mapper(LARGEST_FRAME);

    // For what has one long string: frames that this server wrote, and the bodies of snapshots.
    private static final JsonMapper WITH_LONG_TEXT = mapper(LONGEST_STRING);

    private Codec() {
    }

    private static JsonMapper mapper(int longestString) {
        return JsonMapper.builder(JsonFactory.builder().recyclerPool(new WipedBuffers())
                        .streamReadConstraints(StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST).maxNumberLength(32).maxNameLength(256)
                                .maxStringLength(longestString).build())
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    /** What this frame from a client is: a command that is well formed, or what's wrong with it. */
    public static Inbound decode(String frame) {
        JsonNode json;
        try {
            json = JSON.readTree(frame);
        } catch (JacksonException notJson) {
            return new BrokenFrame(0, Problem.badRequest("The frame is not one JSON object."));
        }
        if (json instanceof ObjectNode object) {
            return CommandReader.read(object);
        }
        return new BrokenFrame(0, Problem.badRequest("The frame is not a JSON object."));
    }

    /** The same for a frame in CBOR. */
    public static Inbound decode(byte[] cbor) {
        return Cbor.object(cbor).map(CommandReader::read)
                .orElseGet(() -> new BrokenFrame(0, Problem.badRequest("The frame is not one CBOR map.")));
    }

    /** The same for a frame of another dialect, whose fields were put into an object. */
    public static Inbound decode(ObjectNode command) {
        return CommandReader.read(command);
    }

    /** What the server wrote, as a tree. */
    static JsonNode tree(String json) {
        return WITH_LONG_TEXT.readTree(json);
    }

    /** The fields of a body that may have a string as long as a snapshot, or nothing when it is no JSON object. */
    public static Optional<Fields> longFields(String body) {
        return object(WITH_LONG_TEXT, body).map(Fields::new);
    }

    /** The JSON of an HTTP request's body as fields to read, or nothing when it is no JSON object. */
    public static Optional<Fields> fields(String body) {
        return object(body).map(Fields::new);
    }

    /** A JSON object, read as strictly as a frame, or nothing when the text is something else. */
    public static Optional<ObjectNode> object(String text) {
        return object(JSON, text);
    }

    private static Optional<ObjectNode> object(JsonMapper mapper, String text) {
        try {
            return mapper.readTree(text) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException notJson) {
            return Optional.empty();
        }
    }

    /** The event of a frame that {@link #encode} wrote; throws for anything else. */
    public static RoomEvent decodeEvent(String frame) {
        return EventReader.read((ObjectNode) JSON.readTree(frame));
    }

    /** The frame of what the server says. */
    public static Frame encode(Outbound said) {
        return new Frame(written(256, json -> FrameWriter.write(json, said)));
    }

    /** The JSON of what an HTTP resource answers: messages there look as they do on the socket. */
    public static String encodePage(Reply.Page page) {
        return written(1024, json -> {
            json.writeStartObject();
            FrameWriter.page(json, page);
            json.writeEndObject();
        });
    }

    /** The JSON of a page of a person's rooms, as in the reply to {@code watch}. */
    public static String encodeRooms(Reply.Watching rooms) {
        return written(1024, json -> {
            json.writeStartObject();
            MyRoomWriter.write(json, rooms);
            json.writeEndObject();
        });
    }

    /** The JSON of a page of search results. */
    public static String encodeSearch(SearchPage page) {
        return written(1024, json -> SearchPageWriter.write(json, page));
    }

    /** The JSON of a form, as in a message. */
    static String encodeForm(Form form) {
        return written(256, json -> Form.write(json, form));
    }

    /** The JSON of one message, as in a page. */
    public static String encodeMessage(Message message) {
        return written(256, json -> MessageWriter.write(json, message));
    }

    private static String written(int usualLength, Consumer<JsonGenerator> writing) {
        StringWriter text = new StringWriter(usualLength);
        try (JsonGenerator json = JSON.createGenerator(text)) {
            writing.accept(json);
        }
        return text.toString();
    }
}
