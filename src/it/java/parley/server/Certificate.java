package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate for {@code localhost} that was made a moment ago, in the files that proxies take.
 *
 * @param chain       the certificate, PEM
 * @param key         its key, PEM
 * @param both        one file with both
 * @param certificate the certificate itself
 */
public record Certificate(Path chain, Path key, Path both, X509Certificate certificate) {

    private static final String PASSWORD = "certain";

    /** Makes one by the JDK's keytool, with its files in that folder. */
    public static Certificate make(Path folder) {
        try {
            Path store = Files.createDirectories(folder.toAbsolutePath()).resolve("certificate.p12");
            Files.deleteIfExists(store);
            keytool("-genkeypair", "-alias", "parley", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=localhost",
                    "-ext", "SAN=dns:localhost,ip:127.0.0.1", "-validity", "2", "-storetype", "PKCS12", "-keystore", store.toString(),
                    "-storepass", PASSWORD);
            KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
            var certificate = (X509Certificate) keys.getCertificate("parley");
            Key key = keys.getKey("parley", PASSWORD.toCharArray());
            String chain = pem("CERTIFICATE", certificate.getEncoded());
            String secret = pem("PRIVATE KEY", key.getEncoded());
            return new Certificate(Files.writeString(folder.toAbsolutePath().resolve("certificate.pem"), chain),
                    Files.writeString(folder.toAbsolutePath().resolve("key.pem"), secret),
                    Files.writeString(folder.toAbsolutePath().resolve("both.pem"), chain + secret), certificate);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** TLS that trusts this certificate alone. */
    public SSLContext trusting() {
        try {
            KeyStore known = KeyStore.getInstance("PKCS12");
            known.load(null, null);
            known.setCertificateEntry("parley", certificate);
            var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(known);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        String lines = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + lines + "\n-----END " + what + "-----\n";
    }

    private static void keytool(String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
        command.addAll(List.of(arguments));
        try {
            if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
                throw new CannotRun("keytool made no certificate.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CannotRun("Interrupted.");
        }
    }
}
