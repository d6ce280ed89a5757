package parley.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A server other than Payara Server that runs Parley on loopback. It has only what the WAR needs: a data source on embedded H2 and the
 * development issuer. The process ends with this JVM.
 */
public final class OtherServer implements AutoCloseable {

    /** The supported servers. */
    public enum Kind {
        /** Eclipse GlassFish 8, with its own MicroProfile Config, JWT and Health. */
        GLASSFISH,
        /** Payara Micro, as one instance without JMS. */
        PAYARA_MICRO
    }

    private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();
    private static final Duration TIMEOUT = Duration.ofMinutes(4);
    private static final String DATABASE = "jdbc:h2:async:%s/database;WRITE_DELAY=0;OPTIMIZE_REUSE_RESULTS=0";

    private final HttpClient http = HttpClient.newHttpClient();
    private final Ports ports = Ports.free();
    private final Path folder;
    private final Path war = TARGET.resolve("parley.war");
    private final List<String> command;
    private ChildProcess server;

    private OtherServer(Kind kind) throws IOException {
        folder = TARGET.resolve("servers").resolve(kind.name().toLowerCase(Locale.ROOT));
        Folders.delete(folder);
        Files.createDirectories(folder);
        command = switch (kind) {
            case GLASSFISH -> glassFish(TARGET.resolve("glassfish8"));
            case PAYARA_MICRO -> payaraMicro();
        };
    }

    /** Configures and starts a server and waits until Parley is ready, at most 4 minutes. */
    public static OtherServer start(Kind kind) throws IOException {
        var server = new OtherServer(kind);
        server.start();
        return server;
    }

    /** The base URL: {@code http://localhost:<port>/parley}. */
    public URI base() {
        return URI.create("http://localhost:" + ports.http() + "/parley");
    }

    /** Stops the server gracefully and starts it again with the same database. */
    public void restart() {
        server.close();
        start();
    }

    private void start() {
        server = ChildProcess.start(command, Map.of(), folder.resolve("console.log").toFile());
        try {
            Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofMillis(500)).ignoreExceptions().until(this::isReady);
        } catch (ConditionTimeoutException late) {
            throw new CannotRun("The server did not become ready; see " + folder.resolve("console.log"));
        }
    }

    private boolean isReady() throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(base() + "/ready")).build(), BodyHandlers.discarding()).statusCode() == 200;
    }

    private List<String> payaraMicro() throws IOException {
        Path preBoot = Files.writeString(folder.resolve("pre-boot.asadmin"), """
                set configs.config.server-config.network-config.network-listeners.network-listener.http-listener.address=127.0.0.1
                set configs.config.server-config.hazelcast-config-specific-configuration.enabled=false
                create-jdbc-connection-pool --restype=javax.sql.DataSource --datasourceclassname=org.h2.jdbcx.JdbcDataSource parley
                create-jdbc-resource --connectionpoolid=parley jdbc/parley
                set resources.jdbc-connection-pool.parley.property.URL=%s
                set resources.jdbc-connection-pool.parley.property.User=parley
                set resources.jdbc-connection-pool.parley.property.Password=parley
                """.formatted(DATABASE.formatted(folder)));
        return List.of(java(), "-Xmx512m", issuer(), "-jar", TARGET.resolve("servers/payara-micro.jar").toString(), "--nocluster",
                "--port", "" + ports.http(), "--prebootcommandfile", preBoot.toString(), "--deploy", war.toString(), "--contextroot",
                "/parley");
    }

    // GlassFish has no pre-boot commands, so edit its domain.xml: listeners go to loopback or are disabled.
    private List<String> glassFish(Path home) throws IOException {
        Path domain = folder.resolve("domain1");
        Folders.copy(home.resolve("glassfish/domains/domain1"), domain);
        Path config = domain.resolve("config/domain.xml");
        String text = Files.readString(config);
        int end = text.indexOf("<config name=\"default-config\"");
        String own = text.substring(0, end).replace("address=\"0.0.0.0\"", "enabled=\"false\" address=\"127.0.0.1\"")
                .replace("<network-listener port=\"8080\"", "<network-listener address=\"127.0.0.1\" port=\"" + ports.http() + "\"")
                .replace("<network-listener port=\"8181\"", "<network-listener address=\"127.0.0.1\" enabled=\"false\" port=\"8181\"")
                .replace("<network-listener port=\"4848\"", "<network-listener address=\"127.0.0.1\" port=\"" + ports.admin() + "\"")
                .replaceFirst("</java-config>", "<jvm-options>" + issuer() + "</jvm-options></java-config>")
                .replaceFirst("(<resources[^>]*>)", "$1" + """
                        <jdbc-connection-pool name="parley" res-type="javax.sql.DataSource"
                                datasource-classname="org.h2.jdbcx.JdbcDataSource">
                          <property name="URL" value="%s"/><property name="User" value="parley"/><property name="Password" value="parley"/>
                        </jdbc-connection-pool>
                        <jdbc-resource pool-name="parley" jndi-name="jdbc/parley"/>
                        """.formatted(DATABASE.formatted(folder)))
                .replaceFirst("(<server [^>]*>)", "$1<resource-ref ref=\"jdbc/parley\"/>");
        Files.writeString(config, own + text.substring(end));
        Files.copy(TARGET.resolve("payara7/h2db/bin/h2.jar"), domain.resolve("lib/h2.jar"));
        Files.createDirectories(domain.resolve("autodeploy"));
        Files.copy(war, domain.resolve("autodeploy/parley.war"));
        return glassFishCommand(home);
    }

    // A dry run: a server started by asadmin would run in the background and outlive this JVM.
    private List<String> glassFishCommand(Path home) throws IOException {
        var asadmin = new ProcessBuilder("bash", home.resolve("glassfish/bin/asadmin").toString(), "start-domain", "--dry-run",
                "--domaindir", folder.toString(), "domain1").redirectErrorStream(true);
        asadmin.environment().put("AS_JAVA", System.getProperty("java.home"));
        List<String> output = new String(asadmin.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        List<String> command = new ArrayList<>(output.stream().dropWhile(part -> !part.startsWith("Dump of JVM")).skip(1)
                .takeWhile(part -> !part.isBlank()).toList());
        if (command.isEmpty()) {
            throw new CannotRun("GlassFish could not be started: " + output);
        }
        return command;
    }

    private String issuer() {
        return "-Dparley.development-issuer=" + folder.resolve("issuer.jwk");
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin/java").toString();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (UncheckedIOException gone) {
            server.kill();
        }
    }
}
