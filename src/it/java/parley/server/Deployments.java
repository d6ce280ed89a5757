package parley.server;

import java.io.File;
import java.nio.file.Path;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.ReflectionSupport;

/** Archives for tests that run inside the container. Tests of the client side use the deployment of {@link TestServer}. */
public final class Deployments {
    private Deployments() {
    }

    /**
     * The WAR plus all test classes with {@link InsideServer}. It is deployed under its own name next to the deployment of
     * {@link TestServer}, and uses the same database, as a second instance would.
     */
    public static WebArchive inside() {
        File war = Path.of(System.getProperty("basedir", ""), "target", "parley.war").toFile();
        return ShrinkWrap.create(ZipImporter.class, "parley-inside.war").importFrom(war).as(WebArchive.class).addClass(InsideServer.class)
                .addClasses(tests())
                .addAsLibraries(library(org.assertj.core.api.Assertions.class));
    }

    private static Class<?>[] tests() {
        return ReflectionSupport.findAllClassesInPackage("parley", test -> AnnotationSupport.isAnnotated(test, InsideServer.class),
                name -> name.endsWith("IT")).toArray(Class<?>[]::new);
    }

    private static File library(Class<?> type) {
        return new File(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
