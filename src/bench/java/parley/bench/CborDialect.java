package parley.bench;

import java.nio.ByteBuffer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/** The same protocol as CBOR, for clients that only listen: the kind of a frame is read from its first field. */
final class CborDialect extends ParleyDialect {

    private static final JsonMapper JSON = new JsonMapper();
    private static final CBORMapper CBOR = new CBORMapper();
    // After the map's first byte: the text "re" and a small number, or the text "type" and the first byte of its value.
    private static final int SMALL_NUMBER = 4;
    private static final int TYPE = 7;
    private static final int TEXT_OF_2 = 0x62;

    @Override
    public String headers(String token) {
        return super.headers(token).replace("parley.v1", "parley.v1.cbor");
    }

    @Override
    public ByteBuffer frame(String command) {
        return Frames.frame(Frames.BINARY, CBOR.writeValueAsBytes(JSON.readTree(command)));
    }

    @Override
    public Kind kind(ByteBuffer bytes, int from, int length) {
        if (bytes.get(from + 1) == TEXT_OF_2) {
            return bytes.get(from + SMALL_NUMBER + 2) == 'o' ? Kind.REPLY : Kind.REFUSAL;
        }
        if (bytes.get(from + TYPE) == 'm' && bytes.get(from + TYPE + 2) == 's') {
            return Kind.DELIVERY;
        }
        return bytes.get(from + TYPE) == 'h' ? Kind.GREETING : Kind.OTHER;
    }

    @Override
    public long repliesTo(ByteBuffer bytes, int from) {
        return bytes.get(from + SMALL_NUMBER);
    }
}
