package parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.cbor.CBORMapper;

/** Signals in JSON and CBOR, and their bounds. */
class CallFramesTest {

    private static final CBORMapper CBOR = new CBORMapper();

    private static ObjectNode signal() {
        return CBOR.createObjectNode().put("type", "signal").put("room", "plaza").put("to", "bob");
    }

    private static Inbound read(ObjectNode command) {
        Inbound json = Codec.decode(command.toString());
        assertThat(Codec.decode(CBOR.writeValueAsBytes(command))).isEqualTo(json);
        return json;
    }

    private static ErrorCode refusal(Inbound read) {
        return ((BrokenFrame) read).problem().code();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",\"data\":null", ",\"data\":7", ",\"data\":[\"offer\"]", ",\"data\":true"})
    void refusesDataThatIsNeitherTextNorAnObject(String data) {
        assertThat(refusal(Codec.decode("{\"type\":\"signal\",\"room\":\"plaza\",\"to\":\"bob\"" + data + "}")))
                .isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\\ud800\"", "\"\\u0000\"", "{\"sdp\":\"\\udc00\"}", "{\"a\":1,\"a\":2}"})
    void refusesDataThatIsNotText(String data) {
        assertThat(refusal(Codec.decode("{\"type\":\"signal\",\"room\":\"plaza\",\"to\":\"bob\",\"data\":" + data + "}")))
                .isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void refusesWhoIsNobody() {
        assertThat(refusal(read(signal().put("data", "d").put("to", "")))).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal(read(signal().put("data", "d").put("participant", "p".repeat(65))))).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void refusesDataThatIsTooLarge() {
        String most = "\u00e4".repeat(CallCommand.LARGEST_SIGNAL / 2);
        assertThat(read(signal().put("data", most))).isInstanceOf(CallCommand.Signal.class);
        assertThat(refusal(read(signal().put("data", most + "a")))).isEqualTo(ErrorCode.TOO_LARGE);
        ObjectNode object = signal();
        object.putObject("data").put("sdp", most);
        assertThat(refusal(read(object))).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void passesAnObjectOnAsItIs() {
        ObjectNode command = signal();
        ObjectNode data = command.putObject("data").putNull("candidate").put("sdp", "v=0\r\n\u2028\"\\");
        CallCommand.Signal signal = (CallCommand.Signal) read(command);
        assertThat(signal.id()).isZero();
        assertThat(signal.participant()).isEmpty();
        Frame event = Codec.encode(new Event.Signal("plaza", "c", new User("alice", "Alice"), "p", signal.data()));
        assertThat((JsonNode) CBOR.readTree(Cbor.of(event.text())).get("data")).isEqualTo(data);
    }

    @Test
    void noLogCanShowTheData() {
        CallCommand.Signal signal = (CallCommand.Signal) read(signal().put("data", "v=0 candidate 192.0.2.7"));
        assertThat(signal.toString()).doesNotContain("192.0.2.7");
        assertThat(List.of(new Event.Signal("plaza", "c", new User("alice", "Alice"), "p", signal.data())).toString())
                .doesNotContain("192.0.2.7");
    }

    @Test
    void aParticipantCanBeContinued() {
        ObjectNode join = CBOR.createObjectNode().put("id", 1).put("type", "call.join").put("room", "plaza");
        assertThat(((CallCommand.Join) read(join)).participant()).isEmpty();
        assertThat(((CallCommand.Join) read(join.put("participant", "p"))).participant()).isEqualTo(Optional.of("p"));
    }
}
