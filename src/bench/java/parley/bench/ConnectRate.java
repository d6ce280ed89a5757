package parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How many connections with a token a server accepts per second. */
final class ConnectRate {

    private static final int WARM_UP = 2_000;
    private static final int MEASURED = 4_000;

    private ConnectRate() {
    }

    /** Connections per second from TCP connect to the server's greeting, 64 at a time, all staying open. */
    static double perSecond(ServerUnderTest target) {
        Console.progress(target.name() + ", connecting with tokens");
        connectAll(target, WARM_UP);
        double seconds = connectAll(target, MEASURED);
        Console.print(String.format(Locale.ROOT, "%,.0f connects/s", MEASURED / seconds));
        return MEASURED / seconds;
    }

    private static double connectAll(ServerUnderTest target, int count) {
        List<LoadClient> clients = new ArrayList<>(IntStream.range(0, count).mapToObj(i -> new LoadClient(i, "user" + i, "", false))
                .toList());
        // Signs the tokens before the measurement.
        clients.forEach(client -> target.token(client.user()));
        try (ClientPool pool = new ClientPool(target.address(), target.dialect())) {
            long begin = System.nanoTime();
            Connector.connectAll(pool, clients, target::token);
            return (System.nanoTime() - begin) / 1e9;
        }
    }
}
