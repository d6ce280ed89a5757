package parley.notify;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPrivateKeySpec;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** The receiving side of Web Push, written from RFC 8291 and RFC 8188 and independent of the library that encrypts. */
public final class Browser {

    private final PrivateKey key;
    private final byte[] publicKey;
    private final byte[] secret;

    private Browser(PrivateKey key, byte[] publicKey, byte[] secret) {
        this.key = key;
        this.publicKey = publicKey.clone();
        this.secret = secret.clone();
    }

    /** A browser with these keys, in base64url. */
    static Browser of(String privateKey, String publicKey, String secret) throws GeneralSecurityException {
        ECPrivateKeySpec key = new ECPrivateKeySpec(new BigInteger(1, decoded(privateKey)), curve());
        return new Browser(KeyFactory.getInstance("EC").generatePrivate(key),
                decoded(publicKey), decoded(secret));
    }

    /** A browser with new keys. */
    public static Browser create() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            ECPoint point = ((ECPublicKey) pair.getPublic()).getW();
            byte[] secret = Arrays.copyOf(bytes(point.getAffineX()), 16);
            return new Browser(pair.getPrivate(), ByteBuffer.allocate(65).put((byte) 4).put(bytes(point.getAffineX()))
                    .put(bytes(point.getAffineY())).array(), secret);
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    /** The public key, in base64url. */
    public String p256dh() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(publicKey);
    }

    /** The shared secret, in base64url. */
    public String auth() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** Decrypts the body of a push, which is one record. */
    public String decrypt(byte[] body) {
        try {
            ByteBuffer in = ByteBuffer.wrap(body);
            byte[] salt = read(in, 16);
            int recordSize = in.getInt();
            byte[] sender = read(in, in.get());
            byte[] encrypted = read(in, in.remaining());
            if (encrypted.length > recordSize) {
                throw new AssertionError("More than one record");
            }
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(key);
            agreement.doPhase(publicKey(sender), true);
            byte[] info = joined("WebPush: info\0".getBytes(StandardCharsets.US_ASCII), publicKey, sender, new byte[] {1});
            byte[] input = hmac(hmac(secret, agreement.generateSecret()), info);
            byte[] random = hmac(salt, input);
            byte[] encryptionKey = Arrays.copyOf(hmac(random, "Content-Encoding: aes128gcm\0\1".getBytes(StandardCharsets.US_ASCII)), 16);
            byte[] nonce = Arrays.copyOf(hmac(random, "Content-Encoding: nonce\0\1".getBytes(StandardCharsets.US_ASCII)), 12);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(encryptionKey, "AES"), new GCMParameterSpec(128, nonce));
            byte[] padded = cipher.doFinal(encrypted);
            int end = padded.length - 1;
            while (padded[end] == 0) {
                end--;
            }
            if (padded[end] != 2) {
                throw new AssertionError("The last record ends with 2, not with " + padded[end]);
            }
            return new String(padded, 0, end, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException wrong) {
            throw new AssertionError(wrong);
        }
    }

    static ECPublicKey publicKey(byte[] point) throws GeneralSecurityException {
        return (ECPublicKey) KeyFactory.getInstance("EC").generatePublic(new ECPublicKeySpec(new ECPoint(
                new BigInteger(1, Arrays.copyOfRange(point, 1, 33)), new BigInteger(1, Arrays.copyOfRange(point, 33, 65))), curve()));
    }

    private static ECParameterSpec curve() throws GeneralSecurityException {
        AlgorithmParameters parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        return parameters.getParameterSpec(ECParameterSpec.class);
    }

    private static byte[] hmac(byte[] key, byte[] data) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(data);
    }

    private static byte[] bytes(BigInteger number) {
        byte[] signed = number.toByteArray();
        byte[] bytes = new byte[32];
        int length = Math.min(32, signed.length);
        System.arraycopy(signed, signed.length - length, bytes, 32 - length, length);
        return bytes;
    }

    private static byte[] read(ByteBuffer in, int length) {
        byte[] bytes = new byte[length];
        in.get(bytes);
        return bytes;
    }

    private static byte[] joined(byte[]... parts) {
        ByteBuffer all = ByteBuffer.allocate(Arrays.stream(parts).mapToInt(part -> part.length).sum());
        Arrays.stream(parts).forEach(all::put);
        return all.array();
    }

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
