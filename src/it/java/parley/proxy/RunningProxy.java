package parley.proxy;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.opentest4j.TestAbortedException;
import parley.server.Balancer;
import parley.server.Certificate;
import parley.server.ChildProcess;

/** A running proxy and a client for it. */
record RunningProxy(Balancer.Setup setup, ChildProcess program, ProxyClient client) implements AutoCloseable {

    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "target/proxy").toAbsolutePath();
    private static final Certificate CERTIFICATE = Certificate.create(FOLDER);

    /** Starts a proxy in front of these instances. If the program is not installed, the test is skipped with a warning. */
    static RunningProxy start(Balancer balancer, String path, String context, List<String> instances) {
        if (!balancer.isInstalled()) {
            System.err.printf("%n*****  %s is not installed: ITS TESTS ARE SKIPPED.  *****%n%n", balancer);
            throw new TestAbortedException(balancer + " is not installed");
        }
        Path folder = FOLDER.resolve(balancer.name().toLowerCase(Locale.ROOT));
        Balancer.Setup setup = Balancer.Setup.of(folder, path, context, instances, CERTIFICATE);
        return new RunningProxy(setup, balancer.start(setup), new ProxyClient(CERTIFICATE, setup.port()));
    }

    @Override
    public void close() {
        program.close();
    }
}
