package parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Updates of documents in JSON and CBOR, and their bounds. */
class DocumentFramesTest {

    private static final CBORMapper CBOR = new CBORMapper();
    private static final byte[] UPDATE = {1, 0, -1};

    private static ObjectNode command(String type) {
        return CBOR.createObjectNode().put("id", 1).put("type", type).put("room", "plaza").put("document", "d");
    }

    private static Inbound update(String base64) {
        return Codec.decode(command("document.update").put("key", "k").put("update", base64).toString());
    }

    private static Inbound inCbor(byte[] update) {
        return Codec.decode(CBOR.writeValueAsBytes(command("document.update").put("key", "k").put("update", update)));
    }

    private static ErrorCode refusal(Inbound read) {
        return ((BrokenFrame) read).problem().code();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "A", "AQE=AQE=", "AQ E="})
    void refusesWhatIsNoBase64(String update) {
        assertThat(refusal(update(update))).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void refusesAnUpdateThatIsTooLarge() {
        byte[] largest = new byte[DocumentCommand.LARGEST_UPDATE];
        byte[] larger = new byte[DocumentCommand.LARGEST_UPDATE + 1];
        assertThat(update(Base64.getEncoder().encodeToString(largest))).isInstanceOf(DocumentCommand.Update.class);
        assertThat(inCbor(largest)).isInstanceOf(DocumentCommand.Update.class);
        assertThat(refusal(inCbor(larger))).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(refusal(inCbor(new byte[0]))).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void refusesAwarenessThatIsTooLarge() {
        ObjectNode aware = command("document.aware");
        assertThat(Codec.decode(aware.put("data", "ä".repeat(DocumentCommand.LARGEST_AWARENESS / 2)).toString()))
                .isInstanceOf(DocumentCommand.Aware.class);
        assertThat(refusal(Codec.decode(aware.put("data", "ä".repeat(DocumentCommand.LARGEST_AWARENESS / 2) + "a").toString())))
                .isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void anUpdateIsTheSameInBothDialects() {
        String base64 = Base64.getEncoder().encodeToString(UPDATE);
        assertThat(inCbor(UPDATE)).isEqualTo(update(base64)).isEqualTo(new DocumentCommand.Update(1, "plaza", "d", "k", base64));
    }

    @Test
    void cborHasBytesWhereJsonHasBase64() {
        String base64 = Base64.getEncoder().encodeToString(UPDATE);
        JsonNode event = cbor(new Event.DocumentUpdated("plaza", "d", 7, base64, new User("bob", "Bob")));
        assertThat(event.get("update").binaryValue()).isEqualTo(UPDATE);
        byte[] large = new byte[384 << 10];
        Arrays.fill(large, (byte) 7);
        String snapshot = Base64.getEncoder().encodeToString(large);
        JsonNode opened = cbor(new Reply.Opened(1, "d", "Minutes", 7, Optional.of(snapshot), false, List.of(base64), false, false))
                .get("ok");
        assertThat(opened.get("snapshot").binaryValue()).isEqualTo(large);
        assertThat(opened.get("updates").get(0).binaryValue()).isEqualTo(UPDATE);
        assertThat(opened.get("title").stringValue()).isEqualTo("Minutes");
    }

    private static JsonNode cbor(Outbound said) {
        return CBOR.readTree(Cbor.of(Codec.encode(said).text()));
    }
}
