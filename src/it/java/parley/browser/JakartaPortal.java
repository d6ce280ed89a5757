package parley.browser;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import parley.kit.Server;
import parley.server.TestServer;

/** The documentation's example of JSP and Jakarta Faces, deployed beside the application with this server's address. */
final class JakartaPortal {

    private static final String NAME = "parley-portal";
    private static final Path BASE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();
    private static final Path SOURCE = BASE.resolve("src/site/examples/portal");
    private static final Path WAR = BASE.resolve("target/it").resolve(NAME + ".war");

    private JakartaPortal() {
    }

    static void deploy() throws IOException {
        try (OutputStream file = Files.newOutputStream(WAR); var archive = new ZipOutputStream(file); var all = Files.walk(SOURCE)) {
            for (Path source : sorted(all)) {
                archive.putNextEntry(new ZipEntry(SOURCE.relativize(source).toString().replace('\\', '/')));
                archive.write(addressed(Files.readString(source)).getBytes(StandardCharsets.UTF_8));
            }
        }
        TestServer.administer("deploy --name " + NAME + " --contextroot /" + NAME + " " + WAR);
    }

    static void undeploy() {
        TestServer.administer("undeploy " + NAME);
    }

    static URI at(String page) {
        return Server.base().resolve("/" + NAME + "/" + page);
    }

    private static List<Path> sorted(Stream<Path> all) {
        return all.filter(Files::isRegularFile).sorted().toList();
    }

    private static String addressed(String text) {
        return text.replace("localhost:8080", Server.base().getAuthority());
    }
}
