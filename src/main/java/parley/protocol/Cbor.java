package parley.protocol;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.BinaryNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORFactory;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * Between the JSON of a frame and the same object in CBOR (RFC 8949): maps and arrays of definite length, shortest integers. Reading has
 * the bounds of {@link Codec}.
 */
final class Cbor {

    private static final CBORMapper CBOR = CBORMapper.builder(CBORFactory.builder().recyclerPool(new WipedBuffers())
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(Codec.DEEPEST).maxNumberLength(32).maxNameLength(256)
                            .maxStringLength(Codec.LARGEST_FRAME).build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private Cbor() {
    }

    /** The CBOR of a JSON object that the server wrote. */
    static byte[] of(String json) {
        JsonNode tree = withBytes(Codec.tree(json));
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(json.length());
        try (JsonGenerator cbor = CBOR.createGenerator(bytes)) {
            CBOR.writeTree(cbor, tree);
        }
        return bytes.toByteArray();
    }

    // Only the bytes of documents have these names. In JSON, they are base64.
    private static JsonNode withBytes(JsonNode tree) {
        if (tree instanceof ObjectNode frame) {
            ObjectNode fields = frame.get("ok") instanceof ObjectNode ok ? ok : frame;
            bytes(fields.get("update")).ifPresent(bytes -> fields.set("update", bytes));
            bytes(fields.get("snapshot")).ifPresent(bytes -> fields.set("snapshot", bytes));
            if (fields.get("updates") instanceof ArrayNode updates) {
                for (int i = 0; i < updates.size(); i++) {
                    updates.set(i, bytes(updates.get(i)).orElseThrow());
                }
            }
        }
        return tree;
    }

    private static Optional<JsonNode> bytes(JsonNode base64) {
        return Optional.ofNullable(base64).map(text -> BinaryNode.valueOf(Base64.getDecoder().decode(text.stringValue())));
    }

    /** The object that a client sent, or nothing when the bytes are something else. */
    static Optional<ObjectNode> object(byte[] bytes) {
        try {
            return CBOR.readTree(bytes) instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
        } catch (JacksonException notCbor) {
            return Optional.empty();
        }
    }
}
