package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DeflatingTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "permessage-foo", "x-webkit-deflate-frame", "permessage-deflate; unknown", "permessage-deflate; unknown=1",
            "permessage-deflate; server_max_window_bits=10", "permessage-deflate; server_max_window_bits",
            "permessage-deflate; client_max_window_bits=7", "permessage-deflate; client_max_window_bits=16",
            "permessage-deflate; server_no_context_takeover=1",
            "permessage-deflate; client_no_context_takeover; client_no_context_takeover", ";", "permessage-deflate;"})
    void declinesWhatItCantDo(String offer) {
        assertThat(Deflating.isOffered(List.of(offer))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"permessage-deflate", "permessage-deflate; client_max_window_bits",
            "PerMessage-Deflate;client_max_window_bits=10", "permessage-deflate; server_max_window_bits=15", "permessage-deflate; server_max_window_bits=\"15\"",
            "permessage-deflate; server_no_context_takeover; client_no_context_takeover",
            "permessage-deflate; server_max_window_bits=10, permessage-deflate", "other, permessage-deflate"})
    void acceptsTheRest(String offer) {
        assertThat(Deflating.isOffered(List.of(offer))).isTrue();
        assertThat(Deflating.isOffered(List.of("other", offer))).isTrue();
    }
}
