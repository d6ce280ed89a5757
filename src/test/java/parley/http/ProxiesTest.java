package parley.http;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.settings.ForwardedHeader.FORWARDED;
import static parley.settings.ForwardedHeader.X_FORWARDED_FOR;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.settings.Network;

class ProxiesTest {

    private static final List<Network> PROXIES = List.of(Network.of("10.0.0.0/8").orElseThrow(), Network.of("fd00::1").orElseThrow());

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        // Headers of a sender that is no proxy are ignored.
        "203.0.113.7 | 198.51.100.1           | 203.0.113.7",
        "203.0.113.7 | 10.0.0.1, 198.51.100.1 | 203.0.113.7",
        // So are elements that a client sent to a proxy.
        "10.0.0.1    | 1.1.1.1, 203.0.113.7   | 203.0.113.7",
        "10.0.0.1    | 10.0.0.9, 203.0.113.7  | 203.0.113.7",
        "10.0.0.1    | \"203.0.113.7          | 10.0.0.1",
        "10.0.0.1    | unknown                | 10.0.0.1",
        "10.0.0.1    | 203.0.113.7, evil.example | 10.0.0.1",
        "10.0.0.1    | 203.0.113.7,           | 203.0.113.7",
        "10.0.0.1    | 1.1.1.1, , 203.0.113.7 | 203.0.113.7",
        // The element that a proxy appended counts.
        "10.0.0.1    | 203.0.113.7            | 203.0.113.7",
        "10.0.0.1    | 203.0.113.7:4711       | 203.0.113.7",
        "10.0.0.1    | 203.0.113.7, 10.0.0.2  | 203.0.113.7",
        "10.0.0.1    | 10.0.0.3, 10.0.0.2     | 10.0.0.3",
        "10.0.0.1    | -                      | 10.0.0.1",
        "fd00::1     | 2001:db8::7            | 2001:db8:0:0:0:0:0:7",
        "fd00:0:0:0:0:0:0:1 | [2001:db8::7]:80 | 2001:db8:0:0:0:0:0:7",
        "::ffff:10.0.0.1 | 203.0.113.7        | 203.0.113.7"})
    void trustsWhatProxiesAppendToXForwardedFor(String sender, String header, String address) {
        assertThat(Proxies.address(sender, header == null ? List.of() : List.of(header), X_FORWARDED_FOR, PROXIES)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "203.0.113.7 | for=198.51.100.1                             | 203.0.113.7",
        "10.0.0.1    | for=1.1.1.1, for=203.0.113.7                 | 203.0.113.7",
        "10.0.0.1    | for=\"1.1.1.1, for=203.0.113.7               | 203.0.113.7",
        "10.0.0.1    | for=1.1.1.1, by=10.0.0.1                     | 10.0.0.1",
        "10.0.0.1    | for=1.1.1.1, for=_hidden                     | 10.0.0.1",
        "10.0.0.1    | by=for;proto=https                           | 10.0.0.1",
        "10.0.0.1    | proto=https;For=203.0.113.7;by=10.0.0.1      | 203.0.113.7",
        "10.0.0.1    | for=\"[2001:db8:cafe::17]:4711\"             | 2001:db8:cafe:0:0:0:0:17",
        "10.0.0.1    | for=203.0.113.7, for=10.0.0.2;by=10.0.0.1    | 203.0.113.7"})
    void trustsWhatProxiesAppendToForwarded(String sender, String header, String address) {
        assertThat(Proxies.address(sender, List.of(header), FORWARDED, PROXIES)).isEqualTo(address);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"1.1.1.1;203.0.113.7", "1.1.1.1, 10.0.0.9;203.0.113.7"})
    void readsTheLastOfSeveralHeaders(String lines) {
        assertThat(Proxies.address("10.0.0.1", Arrays.asList(lines.split(";")), X_FORWARDED_FOR, PROXIES)).isEqualTo("203.0.113.7");
    }
}
