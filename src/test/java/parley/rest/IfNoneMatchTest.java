package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which contents a client says that it has. */
class IfNoneMatchTest {

    private static final String TAG = "\"abc\"";

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", ",", "abc", "\"abcd\"", "\"ab\", \"c\"", "w/\"abc\"", "W/ \"abc\"", "\"*\""})
    void doesNotNameTheTag(String header) {
        assertThat(IfNoneMatch.names(header, TAG)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"abc\"", " \"abc\" ", "W/\"abc\"", "\"x\", \"abc\"", "\"x\",W/\"abc\"", "*"})
    void namesTheTag(String header) {
        assertThat(IfNoneMatch.names(header, TAG)).isTrue();
    }
}
