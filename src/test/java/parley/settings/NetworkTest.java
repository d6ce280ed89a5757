package parley.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NetworkTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/8", "10.0.0.0/33", "10.0.0.0/", "10.0.0.0/-1", "10.0.0/8", "256.0.0.1", "010.0.0.1", "::1/129",
            "localhost",
            "proxy.example", "fd00", "g::1", "1:2:3", "10.0.0.0/8/8", " 10.0.0.0/8", "::1%lo/64/1"})
    void whatIsNoRangeIsNone(String range) {
        assertThat(Network.of(range)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.0/8,10.255.0.1,true", "10.0.0.0/8,11.0.0.1,false", "10.1.2.3,10.1.2.3,true", "10.1.2.3,10.1.2.2,false",
            "192.168.4.0/22,192.168.7.255,true", "192.168.4.0/22,192.168.8.0,false", "0.0.0.0/0,203.0.113.7,true",
            "0.0.0.0/0,2001:db8::1,false",
            "fd00::/8,fdab::1,true", "fd00::/8,fe80::1,false", "::1,0:0:0:0:0:0:0:1,true", "10.0.0.0/8,::ffff:10.1.2.3,true"})
    void anAddressIsInARangeThatBeginsLikeIt(String range, String address, boolean in) {
        InetAddress asked = Network.address(address).orElseThrow();
        assertThat(Network.of(range).orElseThrow().contains(asked)).isEqualTo(in);
    }
}
