package parley.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.settings.Network;

/** Which addresses may read the metrics. */
class MetricsServletTest {

    private static final List<Network> ALLOWED = Stream.of("10.0.0.5", "fd00::/8").map(range -> Network.of(range).orElseThrow()).toList();

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.4", "192.168.0.1", "203.0.113.7", "fe80::1", "2001:db8::1"})
    void refusesOtherAddresses(String address) throws Exception {
        assertThat(MetricsServlet.mayRead(InetAddress.getByName(address), ALLOWED)).isFalse();
    }

    @Test
    void refusesOtherMachinesByDefault() throws Exception {
        assertThat(MetricsServlet.mayRead(InetAddress.getByName("10.0.0.5"), List.of())).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.0.2", "::1", "::ffff:127.0.0.1", "10.0.0.5", "fd00::7"})
    void allowsThisMachineAndConfiguredAddresses(String address) throws Exception {
        assertThat(MetricsServlet.mayRead(InetAddress.getByName(address), ALLOWED)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"X-Forwarded-For", "x-forwarded-proto", "Forwarded", "Via", "X-Real-IP"})
    void recognizesProxyHeaders(String header) {
        assertThat(MetricsServlet.isProxyHeader(header)).isTrue();
        assertThat(MetricsServlet.isProxyHeader("Host")).isFalse();
    }
}
