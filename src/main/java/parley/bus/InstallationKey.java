package parley.bus;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import javax.sql.DataSource;

/** The secret that the instances of an installation share: a row of their database, made by the first that needs it. */
final class InstallationKey {

    private static final int BYTES = 32;

    private InstallationKey() {
    }

    /** Reads the key, and makes it where there is none. Waits for the database. */
    static byte[] read(DataSource database) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Optional<byte[]> there = find(connection);
            return there.isPresent() ? there.get() : make(connection);
        }
    }

    // Of several instances that start at once, one makes it and the others read that one's.
    private static byte[] make(Connection connection) throws SQLException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        try (PreparedStatement insert = connection.prepareStatement("insert into installation_key (id, secret) values (1, ?)")) {
            insert.setString(1, HexFormat.of().formatHex(secret));
            insert.executeUpdate();
            return secret;
        } catch (SQLException refused) {
            return find(connection).orElseThrow(() -> refused);
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
            throw new IllegalStateException("The row of installation_key holds no key. Delete it and restart all instances.");
        }
        return HexFormat.of().parseHex(secret);
    }
}
