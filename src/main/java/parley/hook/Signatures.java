package parley.hook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The symmetric signatures of Standard Webhooks 1.0. Safe for every thread. */
final class Signatures {

    private static final String PREFIX = "whsec_";
    private static final String VERSION = "v1,";
    private static final int SECRET_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Signatures() {
    }

    /** A new secret: {@code whsec_} and base64. */
    static String newSecret() {
        byte[] secret = new byte[SECRET_BYTES];
        RANDOM.nextBytes(secret);
        return PREFIX + Base64.getEncoder().encodeToString(secret);
    }

    /**
     * The signature of a message: {@code v1,} and base64.
     *
     * @param seconds since 1970, when the message is sent
     */
    static String sign(String secret, String id, long seconds, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring(PREFIX.length())), "HmacSHA256"));
            return VERSION + Base64.getEncoder()
                    .encodeToString(mac.doFinal((id + "." + seconds + "." + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java has HmacSHA256", missing);
        }
    }

    /** Whether one of the signatures in a header, which has blanks between them, is that of the message. */
    static boolean isSigned(String header, String secret, String id, long seconds, String body) {
        byte[] right = sign(secret, id, seconds, body).getBytes(StandardCharsets.US_ASCII);
        return Stream.of(header.split(" ")).anyMatch(one -> MessageDigest.isEqual(right, one.getBytes(StandardCharsets.UTF_8)));
    }
}
