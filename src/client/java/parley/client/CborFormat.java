package parley.client;

import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Reads and writes frames of {@code parley.v1.cbor}. The only class that needs Jackson's CBOR, which a program without it never loads. */
final class CborFormat {

    private static final CBORMapper CBOR = new CBORMapper();

    private CborFormat() {
    }

    static byte[] write(JsonNode frame) {
        return CBOR.writeValueAsBytes(frame);
    }

    static JsonNode read(byte[] frame) {
        return CBOR.readTree(frame);
    }
}
