package parley.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * A reverse proxy in front of the instances: an installed program, configured with the templates of {@code server-config/} plus the
 * minimal main configuration of the program. The process ends with this JVM.
 */
public enum Balancer {
    /** nginx. */
    NGINX("nginx") {
        @Override
        List<String> command(Path program, Path folder) {
            return List.of(program.toString(), "-p", folder.toString(), "-c", "nginx.conf", "-e", "error.log", "-g", "daemon off;");
        }

        @Override
        void configure(Setup setup, Path serverConfig) {
            write(setup, "parley.conf", fill(serverConfig.resolve("nginx.conf.template"), variables(setup))
                    .replace("/var/log/nginx/", setup.folder() + "/"));
            write(setup, "redirect.conf", setup.certificate() == null ? ""
                    : fill(serverConfig.resolve("nginx-redirect.conf.template"), variables(setup)));
            write(setup, "nginx.conf", """
                    %s
                    pid nginx.pid;
                    error_log error.log;
                    worker_processes auto;
                    worker_rlimit_nofile 8192;
                    events { worker_connections 4096; }
                    http {
                      client_body_temp_path body;
                      proxy_temp_path proxy;
                      fastcgi_temp_path fastcgi;
                      uwsgi_temp_path uwsgi;
                      scgi_temp_path scgi;
                      include parley.conf;
                      include redirect.conf;
                    }
                    """.formatted(isRoot() ? "user root;" : ""));
        }

        private static Map<String, String> variables(Setup setup) {
            var variables = new HashMap<>(common(setup));
            boolean tls = setup.certificate() != null;
            variables.put("PARLEY_LISTEN", "127.0.0.1:" + setup.port() + (tls ? " ssl http2" : ""));
            variables.put("PARLEY_TLS", tls ? "ssl_certificate %s; ssl_certificate_key %s;".formatted(setup.certificate().chain(),
                    setup.certificate().key()) : "");
            variables.put("PARLEY_INSTANCES", setup.forEachInstance("server %s max_fails=1 fail_timeout=5s;"));
            variables.put("PARLEY_AGAIN", setup.forEachInstance("server %s max_fails=0;"));
            return variables;
        }
    },
    /** Apache httpd. */
    HTTPD("apache2") {
        private static final String MODULES = "/usr/lib/apache2/modules";

        @Override
        List<String> command(Path program, Path folder) {
            return List.of(program.toString(), "-f", folder.resolve("httpd.conf").toString(), "-DFOREGROUND");
        }

        @Override
        void configure(Setup setup, Path serverConfig) {
            Path template = serverConfig.resolve("httpd.conf.template");
            var variables = new HashMap<>(common(setup));
            variables.put("PARLEY_KEY", "" + setup.certificate().key());
            variables.put("PARLEY_LOGS", "" + setup.folder());
            variables.put("PARLEY_INSTANCES", setup.forEachInstance("BalancerMember http://%s ${parley_member}"));
            String text = fill(template, variables);
            write(setup, "parley.conf", text);
            // Modules that Debian enables by default, and those that the template's first comment lists.
            String listed = text.substring(text.indexOf("# Modules: ") + "# Modules: ".length(), text.indexOf("\n\n")).split("\n# A ")[0];
            String modules = Stream.concat(Stream.of("mpm_event", "authz_core", "proxy"), Arrays.stream(listed.split("[\\s#]+")))
                    .map(name -> "LoadModule %s_module %s/mod_%s.so%n".formatted(name, MODULES, name)).collect(Collectors.joining());
            write(setup, "httpd.conf", """
                    ServerRoot %1$s
                    DefaultRuntimeDir %1$s
                    PidFile httpd.pid
                    ErrorLog error.log
                    ServerName localhost
                    Listen 127.0.0.1:%2$d
                    Listen 127.0.0.1:%3$d
                    %4$s
                    %5$s
                    Include parley.conf
                    """.formatted(setup.folder(), setup.port(), setup.plainPort(), modules,
                    isRoot() ? "User www-data\nGroup www-data" : ""));
        }
    },
    /** HAProxy. */
    HAPROXY("haproxy") {
        @Override
        List<String> command(Path program, Path folder) {
            return List.of(program.toString(), "-db", "-f", folder.resolve("haproxy.cfg").toString());
        }

        @Override
        void configure(Setup setup, Path serverConfig) {
            var variables = new HashMap<>(common(setup));
            variables.put("PARLEY_CERTIFICATE", "" + setup.certificate().both());
            variables.put("PARLEY_INSTANCES", setup.forEachInstance("server %1$s %1$s"));
            write(setup, "haproxy.cfg", """
                    global
                      log stdout format raw daemon
                      maxconn 2000

                    """ + fill(serverConfig.resolve("haproxy.cfg.template"), variables));
        }
    };

    /**
     * The configuration of one proxy.
     *
     * @param folder      for its configuration and logs
     * @param port        the port for browsers; with TLS if there is a certificate
     * @param plainPort   the port without TLS, which redirects to {@code port}
     * @param path        the public path of Parley, without a trailing slash
     * @param context     the context root on the instances
     * @param instances   the backends, each as {@code host:port}
     * @param certificate null for none, which only nginx supports
     */
    public record Setup(Path folder, int port, int plainPort, String path, String context, List<String> instances,
            Certificate certificate) {

        /** A setup on free ports. */
        public static Setup of(Path folder, String path, String context, List<String> instances, Certificate certificate) {
            return new Setup(folder.toAbsolutePath(), Ports.anyFree(), Ports.anyFree(), path, context, instances, certificate);
        }

        String forEachInstance(String line) {
            return instances.stream().map(line::formatted).collect(Collectors.joining("\n  "));
        }
    }

    // Distributions install the proxies here, often outside the PATH of a user.
    private static final List<String> SBIN_FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");
    private static final Path SERVER_CONFIG = Path.of(System.getProperty("basedir", ""), "server-config").toAbsolutePath();

    private final String program;

    Balancer(String program) {
        this.program = program;
    }

    abstract List<String> command(Path program, Path folder);

    abstract void configure(Setup setup, Path serverConfig);

    /** Whether the program is installed on this machine. */
    public boolean isInstalled() {
        return program() != null;
    }

    /** Starts the proxy and waits until it listens, 10 s at most. */
    public ChildProcess start(Setup setup) {
        try {
            Files.createDirectories(setup.folder());
            configure(setup, SERVER_CONFIG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        File console = setup.folder().resolve("console.log").toFile();
        ChildProcess running = ChildProcess.start(command(program(), setup.folder()), Map.of(), console);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(50)).until(() -> isListening(setup.port()));
        } catch (ConditionTimeoutException late) {
            running.close();
            throw new CannotRun(program + " does not listen on port " + setup.port() + "; see " + console);
        }
        return running;
    }

    private Path program() {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), SBIN_FOLDERS.stream())
                .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst().orElse(null);
    }

    private static boolean isListening(int port) {
        try {
            new Socket(InetAddress.getLoopbackAddress(), port).close();
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    private static Map<String, String> common(Setup setup) {
        return Map.of("PARLEY_NAME", "localhost", "PARLEY_PATH", setup.path(), "PARLEY_CONTEXT", setup.context(),
                "PARLEY_HTTPS", "127.0.0.1:" + setup.port(), "PARLEY_PLAIN", "127.0.0.1:" + setup.plainPort(),
                "PARLEY_CERTIFICATE", setup.certificate() == null ? "" : "" + setup.certificate().chain());
    }

    // Like envsubst.
    private static String fill(Path template, Map<String, String> variables) {
        try {
            String text = Files.readString(template);
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                text = text.replace("${" + variable.getKey() + "}", variable.getValue());
            }
            if (text.contains("${PARLEY_")) {
                throw new IllegalStateException(template + " has a variable without a value.");
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Setup setup, String file, String text) {
        try {
            Files.writeString(setup.folder().resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
