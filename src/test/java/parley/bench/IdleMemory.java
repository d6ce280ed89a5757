package parley.bench;

import static java.time.Duration.ofSeconds;

import java.util.Locale;

/** What a connection costs that is open, subscribed, and silent. */
final class IdleMemory {

    private IdleMemory() {
    }

    /** Bytes a connection at 10,000 of them, in rooms of 100. */
    static double bytesPerConnection(ServerUnderTest target) {
        Console.progress(target.name() + ", 10,000 idle connections");
        // What is loaded and made at first use is no connection's.
        try (var few = new ConnectedRooms(target, RoomLayout.FEW)) {
            few.idle(ofSeconds(1));
        }
        long before = target.memory();
        try (var connected = new ConnectedRooms(target, RoomLayout.IDLE)) {
            connected.idle(ofSeconds(3));
            long with = target.memory();
            if (connected.pool().readyCount() < RoomLayout.IDLE.clients()) {
                throw new BenchFailed("Only " + connected.pool().readyCount() + " connections stayed");
            }
            double each = (double) (with - before) / RoomLayout.IDLE.clients();
            Console.print(String.format(Locale.ROOT, "%s %,.1f MB before, %,.1f MB with them: %.1f KB a connection", target.memoryKind(),
                    before / 1e6, with / 1e6, each / 1000));
            return each;
        }
    }
}
