package parley.outgoing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which hosts are refused after their names were looked up. */
class HostsTest {

    private final Hosts hosts = new Hosts(List.of("wiki.example", "localhost:8081"));

    // The name service resolves other notations of addresses, so the check sees the addresses.
    @ParameterizedTest
    @ValueSource(strings = {"http://localhost/", "http://localhost:8080/", "http://[::ffff:127.0.0.1]/",
        "http://2130706433/", "http://0x7f000001/",
        "http://[::]/", "http://0.0.0.0/"})
    void thisMachineIsRefusedUnderAllItsNames(String url) {
        assertThatThrownBy(() -> hosts.resolve(URI.create(url))).isInstanceOf(IOException.class);
    }

    @Test
    void aListedHostMayHaveAnyAddress() throws IOException {
        assertThat(hosts.resolve(URI.create("http://localhost:8081/")).isLoopbackAddress()).isTrue();
        assertThat(hosts.isListed(URI.create("https://WIKI.example:9/"))).isTrue();
        assertThat(hosts.isListedWithPort(URI.create("https://wiki.example:9/"))).isFalse();
        assertThat(hosts.isListed(URI.create("http://localhost:8082/"))).isFalse();
        assertThat(hosts.isListed(URI.create("http://wiki.example.com/"))).isFalse();
    }

    @Test
    void aSchemeHasItsPort() {
        assertThat(List.of("http://a/", "HTTPS://a/", "http://a:81/")).map(url -> Hosts.port(URI.create(url))).containsExactly(80, 443, 81);
    }
}
