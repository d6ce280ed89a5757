package parley.rehearsal;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import parley.server.Certificate;
import parley.server.ConfiguredInstance;
import parley.server.Folders;
import parley.server.Ports;

/**
 * The administrator's machine: a folder and some ports of this one. Programs that the documents take from the PATH are there under their
 * own names, and lead to that folder and those ports.
 */
final class Machine {

    static final Path FOLDER = Path.of("target/rehearsal").toAbsolutePath();
    static final Path PAYARA = FOLDER.resolve("payara7");
    static final Path DOMAIN = PAYARA.resolve("glassfish/domains/domain1");
    static final Path NODE = PAYARA.resolve("glassfish/nodes/localhost-domain1");
    private static final Path DISTRIBUTION = Path.of("target/payara7").toAbsolutePath();
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    final int site = Ports.anyFree();
    final int plain = Ports.anyFree();
    final int admin = Ports.anyFree();
    final int http = Ports.anyFree();
    final int groupHttp = Ports.threeInARow();
    final int groupAdmin = Ports.threeInARow();
    final int broker = Ports.threeInARow();
    final int database = Ports.anyFree();
    final Certificate certificate;
    /** What every command has in its environment, and so every server that one starts. */
    final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> replaced = new LinkedHashMap<>();
    private int commands;

    Machine() throws IOException, InterruptedException {
        Folders.delete(FOLDER);
        certificate = Certificate.make(FOLDER.resolve("tls"));
        new ProcessBuilder("cp", "-a", DISTRIBUTION.toString(), PAYARA.toString()).inheritIO().start().waitFor();
        Path nginx = Files.createDirectories(FOLDER.resolve("nginx/conf.d")).getParent();
        Files.createDirectories(FOLDER.resolve("logs"));
        Files.writeString(nginx.resolve("nginx.conf"), """
                %s
                pid nginx.pid;
                worker_rlimit_nofile 8192;
                events { worker_connections 4096; }
                http { client_body_temp_path body; proxy_temp_path proxy; include conf.d/*.conf; }
                """.formatted(System.getProperty("user.name").equals("root") ? "user root;" : ""));
        program("asadmin", "exec " + PAYARA + "/bin/asadmin \"$@\"");
        program("apt-get", ":");
        // Where the distribution's own configuration would send the logs.
        program("nginx", "sed -i 's|/var/log/nginx/|" + nginx + "/|' " + nginx + "/conf.d/*.conf\n"
                + "exec /usr/sbin/nginx -p " + nginx + " -c nginx.conf -e error.log \"$@\"");
        program("systemctl", "[ \"$*\" = 'reload nginx' ] || exit 1\nif [ -s " + nginx
                + "/nginx.pid ]; then nginx -s reload; else nginx; fi");
        environment.putAll(Map.of("PATH", FOLDER.resolve("bin") + ":" + System.getenv("PATH") + ":/usr/sbin", "AS_JAVA",
                System.getProperty("java.home"), "AS_ADMIN_PORT", "" + admin, "CURL_CA_BUNDLE", certificate.chain().toString(),
                "PGHOST", FOLDER.resolve("postgresql").toString(), "PGPORT", "" + database, "PGUSER", "postgres"));
        replaced.putAll(Map.of("/opt/payara7", PAYARA.toString(), "/var/lib/parley-broker", FOLDER + "/broker",
                "--host 10.0.0.5", "--host 127.0.0.1 --port " + broker, "/etc/nginx/conf.d", nginx + "/conf.d",
                "/etc/ssl/parley/fullchain.pem", certificate.chain().toString(), "/etc/ssl/parley/privkey.pem",
                        certificate.key().toString(),
                "'443 ssl http2'", "'127.0.0.1:" + site + " ssl http2'", "PARLEY_PLAIN=80", "PARLEY_PLAIN=127.0.0.1:" + plain,
                "postgresql-….jar", driver().toString(), "parley.dump", FOLDER + "/parley.dump"));
        replaced.put("https://chat.example.com", "https://localhost:" + site);
        replaced.put("chat.example.com", "localhost");
    }

    /** Where people find Parley. */
    URI parley() {
        return URI.create("https://localhost:" + site + "/parley");
    }

    /** Runs commands of a document, as they stand there but for paths, hosts and ports; fails at the first that fails. */
    String run(String script) throws IOException, InterruptedException {
        String text = script;
        for (Map.Entry<String, String> entry : replaced.entrySet()) {
            text = text.replace(entry.getKey(), entry.getValue());
        }
        Path said = FOLDER.resolve("logs/command-%03d.txt".formatted(++commands));
        Files.writeString(said.resolveSibling(said.getFileName() + ".sh"), text);
        // A file, not a pipe: servers that a command leaves running would keep a pipe open.
        var builder = new ProcessBuilder("sh", "-e", "-c", text).redirectErrorStream(true).redirectOutput(said.toFile())
                .redirectInput(Path.of("/dev/null").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroy();
            throw new AssertionError("Not done after " + PATIENCE + ": " + text);
        }
        if (process.exitValue() != 0) {
            throw new AssertionError("This failed:\n" + text + "\nIt said:\n" + Files.readString(said));
        }
        return Files.readString(said);
    }

    String replaced(String text) {
        String result = text;
        for (Map.Entry<String, String> entry : replaced.entrySet()) {
            result = result.replace(entry.getKey(), entry.getValue());
        }
        return result;
    }

    /** The domain of the distribution as it is unpacked, on other ports and on loopback. */
    void emptyDomain() throws IOException {
        Folders.delete(DOMAIN);
        Folders.delete(NODE);
        Folders.copy(DISTRIBUTION.resolve("glassfish/domains/domain1"), DOMAIN);
        Path file = DOMAIN.resolve("config/domain.xml");
        String text = Files.readString(file).replace("address=\"0.0.0.0\"", "address=\"127.0.0.1\"");
        for (String port : List.of("3700", "3820", "3920", "8686", "8181")) {
            text = text.replace("port=\"" + port + "\"", "address=\"127.0.0.1\" port=\"" + Ports.anyFree() + "\"")
                    .replace("address=\"127.0.0.1\" address=", "address=");
        }
        text = text.replace("network-listener port=\"8080\"", "network-listener address=\"127.0.0.1\" port=\"" + http + "\"")
                .replace("network-listener port=\"4848\"", "network-listener address=\"127.0.0.1\" port=\"" + admin + "\"")
                .replace("\"HTTP_LISTENER_PORT\" value=\"28080\"", "\"HTTP_LISTENER_PORT\" value=\"" + groupHttp + "\"")
                .replace("\"JMS_PROVIDER_PORT\" value=\"7676\"", "\"JMS_PROVIDER_PORT\" value=\"" + Ports.anyFree() + "\"")
                .replace("\"ASADMIN_LISTENER_PORT\" value=\"24848\"", "\"ASADMIN_LISTENER_PORT\" value=\"" + groupAdmin + "\"")
                .replace("<hazelcast-config-specific-configuration", "<hazelcast-config-specific-configuration enabled=\"false\"");
        Files.writeString(file, text.replaceAll("address=\"127.0.0.1\" (port=\"\\d+\" [^>]*?) ?address=\"127.0.0.1\"",
                "address=\"127.0.0.1\" $1")
                .replaceAll("address=\"127.0.0.1\" address=", "address="));
    }

    /** What all settings of the domain mean. */
    Set<String> settings() throws IOException, InterruptedException {
        return ConfiguredInstance.settings(run("asadmin get '*'").lines().filter(line -> line.contains("=")));
    }

    /** Waits until this instance says that it is ready. */
    String awaitReady(int port) {
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(500)).ignoreExceptions().until(() ->
                Person.plainly(URI.create("http://localhost:" + port + "/health/ready")).startsWith("{\"status\":\"UP\""));
        return "ready";
    }

    /** Ends the process that this file names, and those that it started, at once. */
    static void kill(Path pidFile) throws IOException {
        if (Files.exists(pidFile)) {
            ProcessHandle.of(Long.parseLong(Files.readAllLines(pidFile).getFirst().strip())).ifPresent(process -> {
                List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process)).toList();
                all.reversed().forEach(ProcessHandle::destroyForcibly);
                await().until(() -> all.stream().noneMatch(ProcessHandle::isAlive));
            });
        }
    }

    /** Ends everything at once, as a power cut does. */
    static void killAll() {
        try {
            for (Path folder : List.of(NODE.resolve("parley-1"), NODE.resolve("parley-2"), DOMAIN)) {
                kill(folder.resolve("config/pid"));
            }
            kill(FOLDER.resolve("postgresql/data/postmaster.pid"));
            kill(FOLDER.resolve("nginx/nginx.pid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void program(String name, String script) throws IOException {
        Path file = Files.createDirectories(FOLDER.resolve("bin")).resolve(name);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n").toFile().setExecutable(true);
    }

    private static Path driver() {
        return Stream.of(System.getProperty("java.class.path").split(":")).map(Path::of)
                .filter(jar -> jar.getFileName().toString().matches("postgresql-[\\d.]+\\.jar")).findFirst().orElseThrow();
    }
}
