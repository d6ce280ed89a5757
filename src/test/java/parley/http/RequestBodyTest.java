package parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.protocol.ErrorCode;
import parley.protocol.Fields;
import parley.protocol.Problem;

class RequestBodyTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "[]", "null", "{", "{}{}", "{\"a\":1,\"a\":2}"})
    void onlyOneJsonObjectHasFields(String body) {
        Fields fields = RequestBody.fields(body);
        fields.user("user");
        assertThat(fields.problem()).contains(Problem.badRequest("The body must be one JSON object."));
    }

    @Test
    void anObjectIsReadByItsFields() {
        Fields fields = RequestBody.fields("{\"user\":\"bob\"}".getBytes(StandardCharsets.UTF_8));
        assertThat(fields.user("user")).isEqualTo("bob");
        assertThat(fields.problem()).isEmpty();
    }

    @Test
    void bytesThatAreNotUtf8AreRefused() {
        assertThat(RequestBody.fields(new byte[] {'{', (byte) 0xff, '}'}).problem()).contains(Problem.badRequest("The body is not UTF-8."));
    }

    @Test
    void oneByteTooManyIsRefused() throws IOException {
        byte[] largest = RequestBody.read(new ByteArrayInputStream(new byte[RequestBody.LARGEST]));
        byte[] larger = RequestBody.read(new ByteArrayInputStream(new byte[RequestBody.LARGEST * 2]));
        assertThat(RequestBody.problem(largest)).isEmpty();
        assertThat(RequestBody.problem(larger)).map(Problem::code).contains(ErrorCode.TOO_LARGE);
        assertThat(larger).hasSize(RequestBody.LARGEST + 1);
    }
}
