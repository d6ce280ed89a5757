package parley.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BuiltFilesTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "gzip", "brotli", "xbr", "br;q=0", "gzip, br; q=0.000", "*"})
    void doesNotCompressForABrowserThatDoesNotAcceptIt(String header) {
        assertThat(BuiltFiles.accepts(header, "br")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"br", "gzip, deflate, br, zstd", "BR", "gzip;q=0, br;q=0.5", " br "})
    void compressesForABrowserThatAcceptsIt(String header) {
        assertThat(BuiltFiles.accepts(header, "br")).isTrue();
    }

    @Test
    void doesNotCompressForAProgramThatSaysNothing() {
        assertThat(BuiltFiles.accepts(null, "gzip")).isFalse();
    }
}
