package parley.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

class RootTest {

    private final Keys keys = new Keys();

    private static KeyPair pair() throws Exception {
        return KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
    }

    private static String text(KeyPair pair) {
        return Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
    }

    private static Root.Signed signed(KeyPair pair) {
        Root root = new Root(3, "2030-01-02T03:04:05.678Z", Root.START, 0, Root.hash(List.of()), Root.keyId(pair.getPublic().getEncoded()));
        return new Root.Signed(root, Root.sign(pair.getPrivate(), root.line()));
    }

    @Test
    void refusesAnUnknownKeyAndAChangedLine() throws Exception {
        KeyPair pair = pair();
        Root.Signed signed = signed(pair);
        assertThat(keys.hasSigned(signed)).isFalse();
        keys.trust(text(pair()));
        assertThat(keys.hasSigned(signed)).isFalse();
        keys.trust(text(pair));
        assertThat(keys.hasSigned(signed)).isTrue();
        assertThat(keys.hasSigned(Root.find(signed.text().replace("-1 3 ", "-1 4 ")).orElseThrow())).isFalse();
    }

    @Test
    void followsAKeyOnlyIfTheOneBeforeEndorsedIt() throws Exception {
        KeyPair first = pair();
        KeyPair second = pair();
        String endorsement = Root.sign(first.getPrivate(), Root.endorsed(second.getPublic().getEncoded()));
        assertThat(keys.follow(text(second), endorsement, text(first))).as("nobody trusts the first").isFalse();
        keys.trust(text(first));
        assertThat(keys.follow(text(second), null, text(first))).isFalse();
        assertThat(keys.follow(text(second), Root.sign(second.getPrivate(), Root.endorsed(second.getPublic().getEncoded())), text(first)))
                .as("endorsed by itself").isFalse();
        assertThat(keys.hasSigned(signed(second))).isFalse();
        assertThat(keys.follow(text(second), endorsement, text(first))).isTrue();
        assertThat(keys.hasSigned(signed(second))).isTrue();
    }

    @Test
    void findsARootInALineOfALog() throws Exception {
        Root.Signed signed = signed(pair());
        assertThat(Root.find("[2030-01-02] [INFO] Evidence root: " + signed.text() + " [tid]")).contains(signed);
        assertThat(Root.find("Evidence root: " + signed.root().line())).isEmpty();
        assertThat(Root.find(signed.text() + "A")).isEmpty();
    }

    /** RFC 6962 has these as the hashes of no entry and of one empty entry. */
    @Test
    void hashesAListAsTheRfcDoes() {
        assertThat(MerkleTree.hash(List.of())).isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertThat(MerkleTree.hash(List.of(""))).isEqualTo("6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d");
        assertThat(MerkleTree.hash(List.of("a", "b", "c"))).isNotEqualTo(MerkleTree.hash(List.of("a", "b", "c", "c")));
    }
}
