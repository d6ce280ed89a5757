package parley.server;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * The server's main class in our runs: Payara's own, held on a leash. When standard input ends, because the launcher closed it or
 * was killed, the server stops as cleanly as on a signal; this works on every system, and no server outlives its launcher.
 */
final class Leash {
    private Leash() {
    }

    public static void main(String[] arguments) throws Exception {
        InputStream leash = System.in;
        // Payara expects asadmin to send it the master password of its key stores this way; ours is the default one.
        System.setIn(new ByteArrayInputStream("AS_ADMIN_MASTERPASSWORD=changeit\n".getBytes(StandardCharsets.UTF_8)));
        Thread.ofPlatform().daemon().name("leash").start(() -> exitAtEndOf(leash));
        Class.forName("com.sun.enterprise.glassfish.bootstrap.ASMain").getMethod("main", String[].class).invoke(null, (Object) arguments);
    }

    private static void exitAtEndOf(InputStream leash) {
        try {
            leash.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            // A broken pipe is an end too.
        }
        System.exit(0);
    }
}
