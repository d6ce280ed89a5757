package parley.application;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * An example application of the documentation, deployed beside Parley: a WAR of one package of {@code example}, with the JAR that the build
 * makes.
 */
public final class ExampleApplication implements AutoCloseable {

    private static final Path TARGET = Path.of(System.getProperty("basedir", ""), "target").toAbsolutePath();
    private static final String BEANS = """
            <beans xmlns="https://jakarta.ee/xml/ns/jakartaee" version="4.1" bean-discovery-mode="annotated"/>
            """;

    private final String name;
    private final String target;
    private final Consumer<String> asadmin;

    /**
     * Builds and deploys it.
     *
     * @param part the package below {@code example}
     * @param target the server or the deployment group
     * @param asadmin runs a command of the administrator
     */
    public ExampleApplication(String part, String target, Consumer<String> asadmin) {
        this.name = "example-" + part;
        this.target = target;
        this.asadmin = asadmin;
        asadmin.accept("deploy --force=true --target " + target + " --name " + name + " --contextroot /" + name + " " + war(part));
    }

    /** Its name, which is also the first part of its paths. */
    public String name() {
        return name;
    }

    private Path war(String part) {
        Path file = TARGET.resolve("it").resolve(name + ".war");
        Path classes = TARGET.resolve("test-classes");
        try (OutputStream out = Files.newOutputStream(file); var archive = new ZipOutputStream(out);
                Stream<Path> all = Files.walk(classes.resolve("example").resolve(part))) {
            for (Path source : (Iterable<Path>) all.filter(Files::isRegularFile).sorted()::iterator) {
                add(archive, "WEB-INF/classes/" + classes.relativize(source).toString().replace('\\', '/'), Files.readAllBytes(source));
            }
            add(archive, "WEB-INF/lib/parley-api.jar", Files.readAllBytes(api()));
            add(archive, "WEB-INF/beans.xml", BEANS.getBytes(StandardCharsets.UTF_8));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path api() throws IOException {
        try (Stream<Path> files = Files.list(TARGET)) {
            return files.filter(file -> file.getFileName().toString().endsWith("-api.jar")).findFirst().orElseThrow();
        }
    }

    private static void add(ZipOutputStream archive, String name, byte[] content) throws IOException {
        archive.putNextEntry(new ZipEntry(name));
        archive.write(content);
    }

    /** Undeploys it. */
    @Override
    public void close() {
        asadmin.accept("undeploy --target " + target + " " + name);
    }
}
