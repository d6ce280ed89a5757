package parley.proxy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.opentest4j.TestAbortedException;
import parley.server.Balancer;
import parley.server.Certificate;
import parley.server.Companion;

/** A running proxy and who comes to it. */
record Proxied(Balancer.Site site, Companion program, Visitor visitor) implements AutoCloseable {

    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "target/proxy").toAbsolutePath();
    private static final Certificate CERTIFICATE = Certificate.make(FOLDER);

    /** Starts it before these instances. One that is not installed is skipped, and says so loudly. */
    static Proxied start(Balancer balancer, String path, String context, List<String> instances) {
        if (!balancer.isInstalled()) {
            System.err.printf("%n*****  %s is not installed: ITS TESTS ARE SKIPPED.  *****%n%n", balancer);
            throw new TestAbortedException(balancer + " is not installed");
        }
        Path folder = FOLDER.resolve(balancer.name().toLowerCase(Locale.ROOT));
        Balancer.Site site = Balancer.Site.of(folder, path, context, instances, CERTIFICATE);
        return new Proxied(site, balancer.start(site), new Visitor(CERTIFICATE, site.port()));
    }

    @Override
    public void close() {
        program.close();
    }
}
