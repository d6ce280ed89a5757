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
 * A proxy before the instances: a program of this machine that the templates of {@code server-config/} set up, as they do for an
 * administrator, with what is the program's own beside them. It ends with this JVM.
 */
public enum Balancer {
    /** nginx. */
    NGINX("nginx") {
        @Override
        List<String> command(Path program, Path folder) {
            return List.of(program.toString(), "-p", folder.toString(), "-c", "nginx.conf", "-e", "error.log", "-g", "daemon off;");
        }

        @Override
        void configure(Site site, Path serverConfig) {
            write(site, "parley.conf", fill(serverConfig.resolve("nginx.conf.template"), variables(site))
                    .replace("/var/log/nginx/", site.folder() + "/"));
            write(site, "redirect.conf", site.certificate() == null ? ""
                    : fill(serverConfig.resolve("nginx-redirect.conf.template"), variables(site)));
            write(site, "nginx.conf", """
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

        private static Map<String, String> variables(Site site) {
            var variables = new HashMap<>(common(site));
            boolean tls = site.certificate() != null;
            variables.put("PARLEY_LISTEN", "127.0.0.1:" + site.port() + (tls ? " ssl http2" : ""));
            variables.put("PARLEY_TLS", tls ? "ssl_certificate %s; ssl_certificate_key %s;".formatted(site.certificate().chain(),
                    site.certificate().key()) : "");
            variables.put("PARLEY_INSTANCES", site.each("server %s max_fails=1 fail_timeout=5s;"));
            variables.put("PARLEY_AGAIN", site.each("server %s max_fails=0;"));
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
        void configure(Site site, Path serverConfig) {
            Path template = serverConfig.resolve("httpd.conf.template");
            var variables = new HashMap<>(common(site));
            variables.put("PARLEY_KEY", "" + site.certificate().key());
            variables.put("PARLEY_LOGS", "" + site.folder());
            variables.put("PARLEY_INSTANCES", site.each("BalancerMember http://%s ${parley_member}"));
            String text = fill(template, variables);
            write(site, "parley.conf", text);
            // Those that Debian has switched on by itself, and those that the template asks for in its first comment.
            String asked = text.substring(text.indexOf("# Modules: ") + "# Modules: ".length(), text.indexOf("\n\n")).split("\n# A ")[0];
            String modules = Stream.concat(Stream.of("mpm_event", "authz_core", "proxy"), Arrays.stream(asked.split("[\\s#]+")))
                    .map(name -> "LoadModule %s_module %s/mod_%s.so%n".formatted(name, MODULES, name)).collect(Collectors.joining());
            write(site, "httpd.conf", """
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
                    """.formatted(site.folder(), site.port(), site.plainPort(), modules, isRoot() ? "User www-data\nGroup www-data" : ""));
        }
    },
    /** HAProxy. */
    HAPROXY("haproxy") {
        @Override
        List<String> command(Path program, Path folder) {
            return List.of(program.toString(), "-db", "-f", folder.resolve("haproxy.cfg").toString());
        }

        @Override
        void configure(Site site, Path serverConfig) {
            var variables = new HashMap<>(common(site));
            variables.put("PARLEY_CERTIFICATE", "" + site.certificate().both());
            variables.put("PARLEY_INSTANCES", site.each("server %1$s %1$s"));
            write(site, "haproxy.cfg", """
                    global
                      log stdout format raw daemon
                      maxconn 2000

                    """ + fill(serverConfig.resolve("haproxy.cfg.template"), variables));
        }
    };

    /**
     * What a proxy is for.
     *
     * @param folder      its own
     * @param port        where browsers come; with TLS unless there is no certificate, which only nginx can do without
     * @param plainPort   where browsers come that don't know of TLS yet
     * @param path        where browsers find Parley, without a slash at the end
     * @param context     the context root at the instances
     * @param instances   each as {@code host:port}
     * @param certificate or null for none
     */
    public record Site(Path folder, int port, int plainPort, String path, String context, List<String> instances, Certificate certificate) {

        /** One on free ports. */
        public static Site of(Path folder, String path, String context, List<String> instances, Certificate certificate) {
            return new Site(folder.toAbsolutePath(), Ports.anyFree(), Ports.anyFree(), path, context, instances, certificate);
        }

        String each(String line) {
            return instances.stream().map(line::formatted).collect(Collectors.joining("\n  "));
        }
    }

    // Where Debian and others put what is an administrator's.
    private static final List<String> FURTHER = List.of("/usr/sbin", "/usr/local/sbin");
    private static final Path SERVER_CONFIG = Path.of(System.getProperty("basedir", ""), "server-config").toAbsolutePath();

    private final String program;

    Balancer(String program) {
        this.program = program;
    }

    abstract List<String> command(Path program, Path folder);

    abstract void configure(Site site, Path serverConfig);

    /** Whether this machine has it. */
    public boolean isInstalled() {
        return program() != null;
    }

    /** Starts it and waits until it listens, 10 s at most. */
    public Companion start(Site site) {
        try {
            Files.createDirectories(site.folder());
            configure(site, SERVER_CONFIG);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        File console = site.folder().resolve("console.log").toFile();
        Companion running = Companion.start(command(program(), site.folder()), Map.of(), console);
        try {
            Awaitility.await().atMost(Duration.ofSeconds(10)).pollInterval(Duration.ofMillis(50)).until(() -> isListening(site.port()));
        } catch (ConditionTimeoutException late) {
            running.close();
            throw new CannotRun(program + " does not listen on port " + site.port() + "; it says why in " + console);
        }
        return running;
    }

    private Path program() {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), FURTHER.stream())
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

    private static Map<String, String> common(Site site) {
        return Map.of("PARLEY_NAME", "localhost", "PARLEY_PATH", site.path(), "PARLEY_CONTEXT", site.context(),
                "PARLEY_HTTPS", "127.0.0.1:" + site.port(), "PARLEY_PLAIN", "127.0.0.1:" + site.plainPort(),
                "PARLEY_CERTIFICATE", site.certificate() == null ? "" : "" + site.certificate().chain());
    }

    // As envsubst does.
    private static String fill(Path template, Map<String, String> variables) {
        try {
            String text = Files.readString(template);
            for (Map.Entry<String, String> variable : variables.entrySet()) {
                text = text.replace("${" + variable.getKey() + "}", variable.getValue());
            }
            if (text.contains("${PARLEY_")) {
                throw new IllegalStateException(template + " has a variable that nobody fills in.");
            }
            return text;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Site site, String file, String text) {
        try {
            Files.writeString(site.folder().resolve(file), text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isRoot() {
        return System.getProperty("user.name").equals("root");
    }
}
