package parley.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Optional;
import parley.sql.Statements;

/** Signs with the key pair of this installation (Ed25519, RFC 8032). The first instance that needs it creates it. */
@ApplicationScoped
class SigningKey {

    private static final String ALGORITHM = "Ed25519";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** Both keys in base64: PKCS #8 and X.509. */
    record Keys(String privateKey, String publicKey) {

        static Keys generate() {
            try {
                KeyPair pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
                return new Keys(Base64.getEncoder().encodeToString(pair.getPrivate().getEncoded()),
                        Base64.getEncoder().encodeToString(pair.getPublic().getEncoded()));
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("Every Java has Ed25519", missing);
            }
        }

        /** The signature of the UTF-8 of a text, in base64. */
        String sign(String text) {
            try {
                Signature signature = Signature.getInstance(ALGORITHM);
                signature.initSign(KeyFactory.getInstance(ALGORITHM)
                        .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(privateKey))));
                signature.update(text.getBytes(StandardCharsets.UTF_8));
                return Base64.getEncoder().encodeToString(signature.sign());
            } catch (GeneralSecurityException unusable) {
                throw new IllegalStateException("The key in table erasure_key can't be used", unusable);
            }
        }
    }

    /** The keys. Waits for the database. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Keys get() {
        // The transaction that holds this row creates the only key.
        Statements.update(em, "update lease set task = task where task = 'erasures'");
        return find().orElseGet(() -> {
            Keys made = Keys.generate();
            Statements.update(em, "insert into erasure_key (id, private_key, public_key) values (1, ?, ?)", made.privateKey(),
                    made.publicKey());
            return made;
        });
    }

    /** The public key, once there is one. */
    @Transactional
    Optional<String> known() {
        return find().map(Keys::publicKey);
    }

    private Optional<Keys> find() {
        return Statements.query(em, row -> new Keys(row.getString(1), row.getString(2)),
                "select private_key, public_key from erasure_key where id = 1").stream().findFirst();
    }
}
