package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The contract names the dialects that the handshake chooses from. */
class DialectsInContractTest {

    private final JsonNode contract = new JsonMapper()
            .readTree(Path.of(System.getProperty("basedir", ""), "src/main/webapp/protocol/asyncapi.json").toFile());

    @Test
    void contractHasEachDialect() {
        assertThat(contract.get("x-dialects").valueStream().map(dialect -> dialect.get("subprotocol").stringValue()))
                .containsExactly(Handshake.SUBPROTOCOL, Handshake.CBOR_SUBPROTOCOL, Handshake.STOMP_SUBPROTOCOL);
        assertThat(contract.get("x-extension").stringValue()).isEqualTo(Deflating.ANSWER);
    }
}
