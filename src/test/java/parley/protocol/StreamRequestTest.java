package parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** What a stream is asked for. */
class StreamRequestTest {

    private static final int MOST = 3;

    @ParameterizedTest
    @ValueSource(strings = {"{\"subscribe\":null,\"x\":1}", "{\"subscribe\":1}", "{\"subscribe\":{}}", "{\"subscribe\":[null]}",
            "{\"subscribe\":[{}]}", "{\"subscribe\":[{\"room\":\"a b\"}]}", "{\"subscribe\":[{\"room\":\"a\",\"more\":1}]}", "{\"watch\":1}",
            "{\"subscribe\":[{\"room\":\"a\",\"since\":{\"epoch\":\"e\"}}]}", "{\"wait\":61}", "{\"wait\":\"1\"}", "{\"type\":\"stream\"}",
            "{\"subscribe\":[{\"room\":\"a\",\"since\":{\"epoch\":\"e\",\"offset\":1},\"last\":1}]}"})
    void refusesOtherBodies(String body) {
        assertThat(problem(body)).hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.BAD_REQUEST));
    }

    @Test
    void refusesOneSubscriptionTooMany() {
        String room = "{\"room\":\"a\"}";
        assertThat(problem("{\"subscribe\":[" + String.join(",", room, room, room) + "]}")).isEmpty();
        assertThat(problem("{\"subscribe\":[" + String.join(",", room, room, room, room) + "]}"))
                .hasValueSatisfying(problem -> assertThat(problem.code()).isEqualTo(ErrorCode.TOO_LARGE));
    }

    @Test
    void numbersSubscriptionsByTheirPlaces() {
        StreamRequest request = StreamRequest.read(fields(
                "{\"watch\":true,\"subscribe\":[{\"room\":\"a\",\"last\":50},{\"room\":\"b\",\"since\":{\"epoch\":\"e\",\"offset\":7}}]}"), MOST);
        assertThat(request.subscriptions()).containsExactly(new ReadCommand.Subscribe(1, "a", Optional.empty(), 50),
                new ReadCommand.Subscribe(2, "b", Optional.of(new Position("e", 7)), -1));
        assertThat(request.replies()).isEqualTo(3);
        assertThat(request.isPoll()).isFalse();
    }

    @Test
    void anEmptyBodyAsksForHelloOnly() {
        StreamRequest request = StreamRequest.read(fields("{}"), MOST);
        assertThat(request).isEqualTo(new StreamRequest(List.of(), false, StreamRequest.ENDLESS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ":", "e", "e:", ":1", "e:-1", "e:1 ", "e:1:2", "e:1234567890123456", "e\n:1"})
    void aPositionIsAnEpochAndAnOffset(String text) {
        assertThat(Position.of(text)).isEmpty();
    }

    @Test
    void aPositionIsReadAsItWasWritten() {
        Position position = new Position("0c3b-4d_E", 42);
        assertThat(Position.of(position.text())).hasValue(position);
    }

    @Test
    void theLastEventIdReplacesTheQuery() {
        Fields query = new Fields(JsonNodeFactory.instance.objectNode().put("last", 50).put("wait", 0));
        StreamRequest request = StreamRequest.read("a", query, "e:9");
        assertThat(query.problem()).isEmpty();
        assertThat(request.subscriptions()).containsExactly(new ReadCommand.Subscribe(1, "a", Optional.of(new Position("e", 9)), -1));
        assertThat(request.isPoll()).isTrue();
    }

    private static Optional<Problem> problem(String body) {
        Fields fields = fields(body);
        StreamRequest.read(fields, MOST);
        return fields.problem();
    }

    private static Fields fields(String body) {
        return Codec.fields(body).orElseThrow();
    }
}
