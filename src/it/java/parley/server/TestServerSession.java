package parley.server;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts the {@link TestServer} before JUnit looks for tests, so before Arquillian reads its configuration. Only where the system
 * property {@code parley.it} is set, as the build does for integration tests; it ends with this JVM.
 */
public final class TestServerSession implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Boolean.getBoolean("parley.it")) {
            TestServer.open();
        }
    }
}
