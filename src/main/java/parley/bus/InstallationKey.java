package parley.bus;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;

/** The secret key that all instances of an installation share. The first instance creates it, as a row in the database. */
final class InstallationKey {

    private static final int BYTES = 32;

    private InstallationKey() {
    }

    /** Reads the key, or creates it if there is none. Blocks on the database. */
    static byte[] read(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Optional<byte[]> existing = find(connection);
            return existing.isPresent() ? existing.get() : create(connection);
        }
    }

    // If several instances start at once, one insert wins and the others read its key.
    private static byte[] create(Connection connection) throws SQLException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        try (PreparedStatement insert = connection.prepareStatement("insert into installation_key (id, secret) values (1, ?)")) {
            insert.setString(1, HexFormat.of().formatHex(secret));
            insert.executeUpdate();
            return secret;
        } catch (SQLException duplicate) {
            return find(connection).orElseThrow(() -> duplicate);
        }
    }

    private static Optional<byte[]> find(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select secret from installation_key where id = 1");
             ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(key(row.getString(1))) : Optional.empty();
        }
    }

    private static byte[] key(String secret) {
        if (!secret.matches("[0-9a-f]{" + 2 * BYTES + "}")) {
            throw new IllegalStateException("The row in table installation_key does not contain a key of " + BYTES
                    + " bytes in hex. Delete the row and restart all instances.");
        }
        return HexFormat.of().parseHex(secret);
    }
}
