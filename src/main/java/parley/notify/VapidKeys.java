package parley.notify;

import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.VAPIDKeyPairs;
import com.zerodeplibs.webpush.key.PrivateKeySources;
import com.zerodeplibs.webpush.key.PublicKeySources;
import jakarta.annotation.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
import javax.sql.DataSource;

/** The key pair that identifies this installation to push services (RFC 8292). The first instance that needs it creates it. */
@ApplicationScoped
class VapidKeys {

    @Resource(lookup = "jdbc/parley")
    private DataSource database;
    private volatile VAPIDKeyPair known;

    /** The key pair. The first call reads or creates it and waits for the database. */
    VAPIDKeyPair get() {
        VAPIDKeyPair pair = known;
        if (pair == null) {
            try (Connection connection = database.getConnection()) {
                Optional<VAPIDKeyPair> existing = find(connection);
                pair = existing.isPresent() ? existing.get() : create(connection);
                known = pair;
            } catch (SQLException failed) {
                throw new IllegalStateException("Reading the key of the installation from table push_key failed", failed);
            }
        }
        return pair;
    }

    // If several instances need it at once, one insert wins and the others read its key.
    private static VAPIDKeyPair create(Connection connection) throws SQLException {
        KeyPair made = generate();
        try (PreparedStatement insert = connection.prepareStatement(
                "insert into push_key (id, private_key, public_key) values (1, ?, ?)")) {
            insert.setString(1, Base64.getEncoder().encodeToString(made.getPrivate().getEncoded()));
            insert.setString(2, Base64.getEncoder().encodeToString(made.getPublic().getEncoded()));
            insert.executeUpdate();
            return pair(made.getPrivate().getEncoded(), made.getPublic().getEncoded());
        } catch (SQLException duplicate) {
            return find(connection).orElseThrow(() -> duplicate);
        }
    }

    private static Optional<VAPIDKeyPair> find(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select private_key, public_key from push_key where id = 1");
             ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(pair(Base64.getDecoder().decode(row.getString(1)),
                    Base64.getDecoder().decode(row.getString(2)))) : Optional.empty();
        }
    }

    static VAPIDKeyPair pair(byte[] privateKey, byte[] publicKey) {
        return VAPIDKeyPairs.of(PrivateKeySources.ofPKCS8Bytes(privateKey), PublicKeySources.ofX509Bytes(publicKey));
    }

    static KeyPair generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java runtime has no elliptic curve P-256", missing);
        }
    }
}
