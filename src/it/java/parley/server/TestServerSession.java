package parley.server;

import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Starts the {@link TestServer} before JUnit discovers tests, because Arquillian reads its configuration then. Active only with the
 * system property {@code parley.it}, which the build sets for integration tests.
 */
public final class TestServerSession implements LauncherSessionListener {
    @Override
    public void launcherSessionOpened(LauncherSession session) {
        if (Boolean.getBoolean("parley.it")) {
            TestServer.open();
        }
    }
}
