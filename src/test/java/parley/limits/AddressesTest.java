package parley.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {

    @ParameterizedTest
    @CsvSource({"203.0.113.7,203.0.113.7", "2001:db8:1:2:3:4:5:6,2001:db8:1:2:0:0:0:0/64", "2001:db8:1:2::9,2001:db8:1:2:0:0:0:0/64",
            "::ffff:203.0.113.7,::ffff:203.0.113.7", "fe80::1%eth0,fe80:0:0:0:0:0:0:0/64", "unknown,unknown"})
    void anIpv6AddressCountsAsItsNetworkOf64Bits(String address, String network) {
        assertThat(Addresses.network(address)).isEqualTo(network);
    }
}
