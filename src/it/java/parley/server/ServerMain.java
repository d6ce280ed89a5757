package parley.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Starts Payara's main class and exits when standard input ends, that is when the launcher closes it or is killed. So no server
 * outlives its launcher on any operating system. The exit is as graceful as on SIGTERM.
 */
final class ServerMain {
    private ServerMain() {
    }

    public static void main(String[] arguments) throws Exception {
        InputStream launcher = System.in;
        // Payara reads the master password of its key stores from asadmin on standard input. This is the default one.
        System.setIn(new ByteArrayInputStream("AS_ADMIN_MASTERPASSWORD=changeit\n".getBytes(StandardCharsets.UTF_8)));
        Thread.ofPlatform().daemon().name("launcher-watch").start(() -> exitAtEndOf(launcher));
        Class.forName("com.sun.enterprise.glassfish.bootstrap.ASMain").getMethod("main", String[].class).invoke(null, (Object) arguments);
    }

    private static void exitAtEndOf(InputStream launcher) {
        try {
            launcher.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe also means that the launcher is gone.
        }
        System.exit(0);
    }
}
