package parley.call;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import parley.settings.Settings;
import parley.settings.TurnSettings;

/**
 * Makes credentials for the TURN server, which relays media where two browsers can't reach each other. The server and Parley share a secret
 * (draft-uberti-behave-turn-rest), so nothing is stored. Safe for every thread.
 */
@ApplicationScoped
public class TurnCredentials {

    /** The longest id, in bytes, that a user name can have: RFC 8489 allows 508 bytes. Of a longer one, the hash is used. */
    private static final int LONGEST_ID = 400;

    @Inject
    private Settings settings;

    /**
     * A user name and its password.
     *
     * @param expires when the server stops accepting them
     */
    public record Credentials(List<String> urls, String username, String credential, Instant expires) {}

    /** Credentials for a person from now on; empty if no TURN server is configured. */
    public Optional<Credentials> of(String person, Instant now) {
        return of(settings.turn(), person, now);
    }

    static Optional<Credentials> of(TurnSettings turn, String person, Instant now) {
        if (turn.urls().isEmpty() || turn.secret().isEmpty()) {
            return Optional.empty();
        }
        Instant expires = Instant.ofEpochSecond(now.plus(turn.lifetime()).getEpochSecond());
        String username = expires.getEpochSecond() + ":" + shortened(person);
        return Optional.of(new Credentials(turn.urls(), username, password(turn.secret(), username), expires));
    }

    private static String shortened(String person) {
        byte[] id = person.getBytes(StandardCharsets.UTF_8);
        try {
            return id.length <= LONGEST_ID ? person : HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(id));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java runtime has SHA-256", missing);
        }
    }

    // The protocol prescribes SHA-1, which is still sound in an HMAC.
    private static String password(String secret, String username) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
            return Base64.getEncoder().encodeToString(mac.doFinal(username.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java runtime has HmacSHA1", missing);
        }
    }
}
