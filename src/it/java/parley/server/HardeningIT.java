package parley.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static parley.kit.Expected.posted;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.awaitility.Awaitility;
import org.awaitility.core.ThrowingRunnable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import parley.kit.ChatClient;
import parley.kit.Handshake;
import parley.kit.Http;
import parley.kit.HttpAnswer;
import parley.kit.RawFrame;
import parley.kit.RawSocket;

/** What {@code server-config/} hardens: HTTP responses, TLS, certificates, the administrator password, and the scripts themselves. */
@EnabledIfSystemProperty(named = "parley.db", matches = "h2", disabledReason = "independent of the database")
class HardeningIT {

    private static final String LISTENER =
            "configs.config.server-config.network-config.network-listeners.network-listener.http-listener-2.";
    private static final String NICKNAME =
            "configs.config.server-config.network-config.protocols.protocol.http-listener-2.ssl.cert-nickname";

    private final Path serverConfig = Path.of(System.getProperty("basedir", ""), "server-config").toAbsolutePath();
    private final Asadmin asadmin = TestServer.domain().asadmin();
    private final int admin = TestServer.ports().admin();

    @ParameterizedTest
    @ValueSource(strings = {
        "GET / HTTP/1.1", "GET /index.html HTTP/1.1", "GET /css/ HTTP/1.1", "GET /img/ HTTP/1.1", "GET /nothing HTTP/1.1",
        "GET /parley/nothing HTTP/1.1", "GET /openapi HTTP/1.1", "GET /parley/api/application.wadl HTTP/1.1",
        "GET /parley/chat/ HTTP/1.1", "GET /parley/protocol/examples/ HTTP/1.1", "GET /parley/WEB-INF/ HTTP/1.1",
        "GET /__asadmin/version HTTP/1.1",
        "GET /admin HTTP/1.1", "GET /management/domain HTTP/1.1", "TRACE /parley/ HTTP/1.1", "BREW /parley/ HTTP/1.1",
        "GET /parley/%zz HTTP/1.1",
        "GET /parley/\\..\\WEB-INF HTTP/1.1", "GET /parley/ HTTP/9.9", "PUT /parley/index.html HTTP/1.1",
        "GET /parley/api/rooms?limit=x HTTP/1.1",
        "nonsense"})
    void responsesDiscloseNoProductNoDirectoryListingAndNoStackTrace(String line) throws IOException {
        String answer = sendRaw(line + "\r\nHost: localhost\r\nX-Secret: bitter-almond\r\nConnection: close\r\n\r\n");

        assertThat(answer).doesNotContainPattern("(?i)payara|glassfish|grizzly|tyrus|jersey|eclipse|azul")
                .doesNotContainPattern("(?im)^(server|x-powered-by):")
                .doesNotContainPattern("\tat |Exception|java\\.").doesNotContain("bitter-almond", "Directory Listing", "message.post.json",
                "element.js");
        assertThat(answer).as(answer).doesNotStartWith("HTTP/1.1 500");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/application.wadl", "/api/application.wadl/xsd0.xsd"})
    void wadlIsNotServedToUsersWithAToken(String path) {
        HttpAnswer answer = Http.of("alice").get(path);
        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.body()).doesNotContain("administration");
    }

    @Test
    void openApiIsNotServed() throws IOException {
        assertThat(sendRaw("GET /openapi HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")).startsWith("HTTP/1.1 403")
                .doesNotContain("administration");
        var config = new Properties();
        config.load(getClass().getResourceAsStream("/META-INF/microprofile-config.properties"));
        assertThat(config).as("if the server does not block /openapi").containsEntry("mp.openapi.scan.disable", "true");
    }

    @Test
    void refusesWeakTlsCiphers() throws Exception {
        int port = Ports.free().http();
        asadmin.set(LISTENER + "enabled", "false", admin);
        asadmin.set(LISTENER + "port", "" + port, admin);
        asadmin.set(LISTENER + "address", "127.0.0.1", admin);
        asadmin.apply(serverConfig.resolve("tls.asadmin"), admin);
        try {
            eventually(() -> assertThat(handshake(port, "TLSv1.3", null)).isEqualTo("TLSv1.3"));
            assertChatOverTls(port);
            eventually(() -> assertThat(handshake(port, "TLSv1.2", null)).isEqualTo("TLSv1.2"));
            eventually(() -> assertThat(handshake(port, "TLSv1.2", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")).isEqualTo("TLSv1.2"));
            // Ciphers that this JVM supports, so that the server must refuse them.
            for (String weak : List.of("TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA384",
                    "TLS_DHE_RSA_WITH_AES_256_GCM_SHA384")) {
                eventually(() -> assertThatThrownBy(() -> handshake(port, "TLSv1.2", weak)).as(weak).isInstanceOf(SSLException.class)
                        .hasMessageNotContaining("No appropriate protocol"));
            }
        } finally {
            asadmin.set(LISTENER + "enabled", "false", admin);
        }
    }

    @Test
    void installsACertificateAndReplacesIt(@TempDir Path folder) throws Exception {
        Path domain = TestServer.domain().folder();
        Path store = domain.resolve("config/keystore.p12");
        try {
            for (String name : List.of("first.example", "second.example")) {
                Path file = certificate(folder, name);
                asadmin.run(serverConfig.resolve("certificate.sh"), List.of("--domain", domain.toString(), "--pkcs12", file.toString()),
                        Map.of("PARLEY_CERTIFICATE_PASSWORD", "certain"), admin);
                KeyStore keys = KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
                assertThat(((X509Certificate) keys.getCertificate("parley")).getSubjectX500Principal().getName()).isEqualTo("CN=" + name);
                assertThat(keys.getKey("parley", "changeit".toCharArray())).isNotNull();
            }
        } finally {
            asadmin.set(NICKNAME, "s1as", admin);
            keytool("-delete", "-alias", "parley", "-keystore", store.toString(), "-storepass", "changeit");
        }
    }

    @Test
    void requiresTheAdministratorPasswordOnceSet(@TempDir Path folder) throws Exception {
        Map<String, String> nobody = Map.of();
        Map<String, String> someone = Map.of("AS_ADMIN_PASSWORDFILE", Files.writeString(folder.resolve("known"),
                "AS_ADMIN_PASSWORD=correct-horse\n").toString());
        assertThat(asadmin.accepts(nobody, admin)).as("before").isTrue();
        setPassword(TestServer.domain().folder(), admin);
        try {
            assertThat(asadmin.accepts(nobody, admin)).isFalse();
            assertThat(asadmin.accepts(someone, admin)).isTrue();
            setPassword(TestServer.domain().folder(), admin);
        } finally {
            Path none = Files.writeString(folder.resolve("none"), "AS_ADMIN_PASSWORD=correct-horse\nAS_ADMIN_NEWPASSWORD=\n");
            asadmin.changePassword(none, admin);
        }
        assertThat(asadmin.accepts(nobody, admin)).as("after").isTrue();
    }

    @Test
    void scriptsChangeNothingIfTheServerBelongsToAnotherDomain(@TempDir Path other) throws Exception {
        // If nothing listens on the port, asadmin would change the only domain of its installation offline.
        Path onlyDomain = serverConfig.resolveSibling("target/payara7/glassfish/domains/domain1");
        byte[] before = Files.readAllBytes(onlyDomain.resolve("config/admin-keyfile"));
        assertThatThrownBy(() -> setPassword(onlyDomain, Ports.anyFree())).isInstanceOf(CannotRun.class)
                .hasMessageContaining("nothing was changed");
        assertThat(Files.readAllBytes(onlyDomain.resolve("config/admin-keyfile"))).isEqualTo(before);

        assertThatThrownBy(() -> setPassword(other, admin)).isInstanceOf(CannotRun.class).hasMessageContaining("nothing was changed");
        assertThat(asadmin.accepts(Map.of(), admin)).isTrue();

        Files.createDirectories(other.resolve("config"));
        Path file = certificate(other, "third.example");
        Map<String, List<String>> scripts = Map.of("certificate.sh", List.of("--pkcs12", file.toString()),
                "instance.sh", List.of("--database", "h2"), "cluster.sh", List.of());
        scripts.forEach((script, arguments) -> {
            List<String> all = Stream.concat(Stream.of("--domain", other.toString()), arguments.stream()).toList();
            assertThatThrownBy(() -> asadmin.run(serverConfig.resolve(script), all, Map.of("PARLEY_CERTIFICATE_PASSWORD", "certain"),
                    admin))
                    .as(script).isInstanceOf(CannotRun.class).hasMessageContaining("nothing was changed");
        });
        assertThat(other.resolve("config/keystore.p12")).doesNotExist();
    }

    @Test
    void scriptStopsAtTheFirstErrorAndReportsIt(@TempDir Path copy) throws Exception {
        Folders.copy(serverConfig, copy);
        Path file = copy.resolve("h2.asadmin");
        Files.writeString(file, "set resources.jdbc-connection-pool.nobody.steady-pool-size=4\n"
                + "set resources.jdbc-connection-pool.parley.description=after\n" + Files.readString(file));
        assertThatThrownBy(() -> asadmin.run(copy.resolve("instance.sh"), List.of("--database", "h2", "--shared"), Map.of(), admin))
                .isInstanceOf(CannotRun.class).hasMessageContaining("nobody.steady-pool-size=4")
                .hasMessageContaining("No configuration found");
        assertThat(asadmin.settings(admin)).noneMatch(line -> line.endsWith(".description=after"));
    }

    private void setPassword(Path domain, int port) {
        asadmin.run(serverConfig.resolve("administrator.sh"), List.of("--domain", domain.toString()),
                Map.of("PARLEY_ADMIN_PASSWORD", "correct-horse"), port);
    }

    private static Path certificate(Path folder, String name) throws IOException, InterruptedException {
        Path file = folder.resolve(name + ".p12");
        keytool("-genkeypair", "-alias", "whatever", "-keyalg", "EC", "-dname", "CN=" + name, "-keystore", file.toString(),
                "-storepass", "certain");
        return file;
    }

    private static String sendRaw(String request) throws IOException {
        try (Socket socket = new Socket("localhost", TestServer.base().getPort())) {
            socket.setSoTimeout(15_000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    // The listener opens shortly after the setting changes.
    private static void eventually(ThrowingRunnable assertion) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).pollDelay(Duration.ZERO).ignoreExceptionsInstanceOf(IOException.class)
                .untilAsserted(assertion);
    }

    private static void assertChatOverTls(int port) throws Exception {
        String room = Http.of("alice").createsRoom();
        String text = "€".repeat(4_000);
        try (ChatClient alice = ChatClient.of("alice").joins(room);
                RawSocket bob = Handshake.of("bob").opensOver(tls().createSocket("localhost", port))) {
            bob.subscribes(room);
            bob.sends(RawFrame.text("{\"id\":2,\"type\":\"room.join\",\"room\":\"" + room + "\"}")).readsReply(2).ok();
            for (int id = 3; id < 20; id++) {
                bob.sends(RawFrame.text("{\"id\":" + id + ",\"type\":\"message.post\",\"room\":\"" + room + "\",\"key\":\""
                        + UUID.randomUUID()
                        + "\",\"text\":\"" + text + "\"}")).readsReply(id).ok();
                alice.receives(posted(text));
                alice.posts("and back");
                bob.readsMessage("and back");
            }
        }
    }

    private static SSLSocketFactory tls() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, new TrustManager[] {new TrustAll()}, null);
        return context.getSocketFactory();
    }

    private static String handshake(int port, String version, String cipher) throws Exception {
        try (SSLSocket socket = (SSLSocket) tls().createSocket("localhost", port)) {
            socket.setSoTimeout(10_000);
            socket.setEnabledProtocols(new String[] {version});
            if (cipher != null) {
                socket.setEnabledCipherSuites(new String[] {cipher});
            }
            socket.startHandshake();
            return socket.getSession().getProtocol();
        }
    }

    private static void keytool(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin/keytool").toString()));
        command.addAll(List.of(arguments));
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    /** Trusts every certificate: these tests check protocol versions and ciphers only. */
    private static final class TrustAll implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
