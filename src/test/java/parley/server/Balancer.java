package parley.server;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An nginx before the instances, with {@code server-config/nginx.conf.template}, on a port of loopback. */
final class Balancer {
    // Where Debian and others put what is an administrator's.
    private static final List<String> FURTHER = List.of("/usr/sbin", "/usr/local/sbin");
    private static final String MAIN = """
            pid nginx.pid;
            error_log error.log;
            worker_processes auto;
            worker_rlimit_nofile 8192;
            events { worker_connections 4096; }
            http {
              access_log off;
              client_body_temp_path body;
              proxy_temp_path proxy;
              fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi;
              scgi_temp_path scgi;
              include parley.conf;
            }
            """;

    private Balancer() {
    }

    static boolean isInstalled() {
        return program() != null;
    }

    /** Starts it. It ends with this JVM. */
    static Companion start(Path folder, Path template, int port, List<Instance> instances) {
        try {
            Files.createDirectories(folder);
            String servers = instances.stream().map(instance -> "server 127.0.0.1:" + instance.ports().http() + " max_fails=1 fail_timeout=5s;")
                    .collect(Collectors.joining("\n  "));
            Files.writeString(folder.resolve("parley.conf"), Files.readString(template)
                    .replace("${PARLEY_LISTEN}", "127.0.0.1:" + port).replace("${PARLEY_INSTANCES}", servers));
            Files.writeString(folder.resolve("nginx.conf"), MAIN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Companion.start(List.of(program().toString(), "-p", folder.toString(), "-c", "nginx.conf", "-e", "error.log", "-g", "daemon off;"),
                Map.of(), folder.resolve("console.log").toFile());
    }

    private static Path program() {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(File.pathSeparator)), FURTHER.stream())
                .map(folder -> Path.of(folder, "nginx")).filter(Files::isExecutable).findFirst().orElse(null);
    }
}
