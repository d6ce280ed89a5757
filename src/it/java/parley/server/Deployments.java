package parley.server;

import java.io.File;
import java.nio.file.Path;

import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.importer.ZipImporter;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** What Arquillian deploys. Tests that come as a client need none of it: they use the {@link TestServer}'s own deployment. */
public final class Deployments {
    private Deployments() {
    }

    /**
     * The WAR as it ships, and these test classes in it, for tests that run inside the container. It is deployed beside the shared
     * one, under a name of its own, and works on the same database as a second instance would.
     */
    public static WebArchive inside(Class<?>... tests) {
        File war = Path.of(System.getProperty("basedir", ""), "target", "parley.war").toFile();
        return ShrinkWrap.create(ZipImporter.class, "parley-inside.war").importFrom(war).as(WebArchive.class).addClasses(tests)
                .addAsLibraries(library(org.assertj.core.api.Assertions.class));
    }

    private static File library(Class<?> one) {
        return new File(one.getProtectionDomain().getCodeSource().getLocation().getPath());
    }
}
