package parley.bench;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/** A server's rooms with all clients of a {@link RoomLayout} connected. For one thread. */
final class ConnectedRooms implements AutoCloseable {

    /** At most this many deliveries per second are timed; above that, one in several. */
    private static final double TIMED_PER_SECOND = 100_000;

    private final ServerUnderTest target;
    private final RoomLayout layout;
    private final Function<LoadClient, Dialect> dialects;
    private ClientPool pool;
    private List<LoadClient> posters;

    /** Creates the rooms and connects all clients. */
    ConnectedRooms(ServerUnderTest target, RoomLayout layout) {
        this(target, layout, client -> target.dialect());
    }

    /** The same with clients of several dialects. */
    ConnectedRooms(ServerUnderTest target, RoomLayout layout, Function<LoadClient, Dialect> dialects) {
        this.target = target;
        this.layout = layout;
        this.dialects = dialects;
        IntStream.range(0, layout.rooms()).forEach(room -> target.createRoom(layout.room(room), user(room, 0)));
        connectAll();
    }

    private void connectAll() {
        List<InetSocketAddress> servers = target.addresses();
        var clients = new ArrayList<LoadClient>();
        for (int seat = 0; seat < layout.size(); seat++) {
            for (int room = 0; room < layout.rooms(); room++) {
                // Offset by room, so that consecutive posters are on different instances.
                int server = (seat + room) % servers.size();
                clients.add(new LoadClient(clients.size(), user(room, seat), layout.room(room), seat < layout.posters(), server));
            }
        }
        posters = clients.stream().filter(LoadClient::posts).toList();
        pool = new ClientPool(servers, dialects);
        Connector.connectAll(pool, clients, target::token);
    }

    private String user(int room, int seat) {
        return "user" + (room * layout.people() + seat % layout.people());
    }

    ClientPool pool() {
        return pool;
    }

    /** Disconnects all clients and connects them again. */
    void reconnect() {
        pool.close();
        connectAll();
    }

    /** Posts at this total rate per second. */
    Load.Outcome atRate(double posts, Duration settle, Duration span) {
        int every = (int) Math.max(1, posts * layout.size() / TIMED_PER_SECOND);
        return new Load(pool, posters, layout.size(), every).atRate(posts, settle, span);
    }

    /** The same with results by instance. */
    Load.Outcome atRate(ResultsByInstance results, double posts, Duration settle, Duration span) {
        return new Load(pool, posters, results.posting(pool), layout.size(), 1).atRate(results, posts, settle, span);
    }

    /** The same if only this many clients still read. */
    Load.Outcome atRateTo(int readers, double posts, Duration span) {
        return new Load(pool, posters, readers, 1).atRate(posts, Duration.ZERO, span);
    }

    /** Warms the server up: each poster has one message in flight. */
    void warmUp(Duration span) {
        new Load(pool, posters, layout.size(), Integer.MAX_VALUE).inFlight(1, Duration.ZERO, span);
    }

    /** Keeps this many messages of each poster in flight. */
    Load.Outcome inFlight(int each, Duration settle, Duration span) {
        return new Load(pool, posters, layout.size(), Math.max(1, layout.size() / 10)).inFlight(each, settle, span);
    }

    /** Posts at this total rate per second, however far the server falls behind. */
    Load.Outcome offered(double posts, Duration settle, Duration span) {
        int every = (int) Math.max(1, posts * layout.size() / TIMED_PER_SECOND);
        return new Load(pool, posters, layout.size(), every).offered(posts, settle, span);
    }

    /** Polls the pool without load, so that heartbeats are answered. */
    void idle(Duration span) {
        pool.setListener(ClientPool.IGNORE, Integer.MAX_VALUE);
        for (long end = System.nanoTime() + span.toNanos(); System.nanoTime() < end;) {
            pool.poll(end);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
