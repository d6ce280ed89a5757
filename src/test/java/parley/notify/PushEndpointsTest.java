package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.outgoing.Hosts;
import parley.outgoing.PublicAddresses;

/** Where a push must not go, and where it may. */
class PushEndpointsTest {

    private final PushEndpoints endpoints = new PushEndpoints(List.of("localhost", "push.example:8443"));

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "0.0.0.0", "0.1.2.3", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.0.1",
        "169.254.169.254", "100.64.0.1", "192.0.0.8", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "240.0.0.1",
        "255.255.255.255", "::1", "::", "::7f00:1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "64:ff9b:1::1", "fe80::1",
        "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "2001:db8::1", "2002:a00:1::", "2001::1", "100::1"})
    void addressesThatAreNotPublicAreRefused(String address) throws IOException {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isFalse();
        String host = address.contains(":") ? "[" + address + "]" : address;
        assertThat(endpoints.of("https://" + host + "/push")).isEmpty();
        assertThatThrownBy(() -> endpoints.resolve(URI.create("https://" + host + "/push"))).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "172.32.0.1", "172.15.0.1", "100.128.0.1", "169.253.0.1", "2a00:1450:4001::1", "2606:4700::1"})
    void publicAddressesAreNot(String address) throws IOException {
        assertThat(PublicAddresses.isPublic(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "push", "/push", "http://push.example.com/a", "ftp://push.example.com/a", "file:///etc/passwd",
        "https:push.example.com", "https:///a", "https://user:secret@push.example.com/a", "https://push.example.com/a#b",
        "https://push.example.com:8443/a", "https://push.example.com:80/a", "https://push.example.com/a\r\nHost: b",
        "https://push.example.com/ä", "https://push_example/a", "https://2130706433/a", "http://push.example/a", "gopher://localhost/a",
        "https://localhost.example.com:8080/a"})
    void urlsOfNoPushServiceAreRefused(String url) {
        assertThat(endpoints.of(url).filter(uri -> uri.getHost().matches(".*[a-z].*"))).isEmpty();
    }

    @Test
    void anEndpointOneCharacterTooLongIsRefused() {
        String longest = "https://push.example.com/" + "a".repeat(PushEndpoints.LONGEST - 25);
        assertThat(endpoints.of(longest)).isPresent();
        assertThat(endpoints.of(longest + "a")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://push.example.com/a?b=c", "https://push.example.com:443/a", "HTTPS://PUSH.example.com/",
        "http://localhost:4711/a", "https://localhost/a", "https://push.example:8443/a"})
    void pushServicesAndAllowedHostsAreNot(String url) {
        assertThat(endpoints.of(url)).contains(URI.create(url));
    }

    @Test
    void aNameOfThisMachineIsRefusedAfterItsLookup() throws IOException {
        PushEndpoints strict = new PushEndpoints(List.of());
        assertThat(strict.of("https://localhost/a")).as("no lookup yet").isPresent();
        assertThatThrownBy(() -> strict.resolve(URI.create("https://localhost/a"))).isInstanceOf(Hosts.RefusedHost.class);
        assertThat(endpoints.resolve(URI.create("https://localhost/a")).isLoopbackAddress()).isTrue();
    }
}
