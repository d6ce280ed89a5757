package parley.bench;

import static java.time.Duration.ofSeconds;

import java.util.Locale;

/** Memory of an idle connection with a subscription. */
final class IdleMemory {

    private IdleMemory() {
    }

    /** Bytes per connection, with 10,000 connections in rooms of 100. */
    static double bytesPerConnection(ServerUnderTest target) {
        Console.progress(target.name() + ", 10,000 idle connections");
        // Warm-up, so that classes and caches are not counted.
        try (var few = new ConnectedRooms(target, RoomLayout.FEW)) {
            few.idle(ofSeconds(1));
        }
        long before = target.memory();
        try (var connected = new ConnectedRooms(target, RoomLayout.IDLE)) {
            connected.idle(ofSeconds(3));
            long with = target.memory();
            if (connected.pool().readyCount() < RoomLayout.IDLE.clients()) {
                throw new BenchFailed("Only " + connected.pool().readyCount() + " connections stayed open");
            }
            double each = (double) (with - before) / RoomLayout.IDLE.clients();
            Console.print(String.format(Locale.ROOT, "%s %,.1f MB before, %,.1f MB with them: %.1f KB per connection", target.memoryKind(),
                    before / 1e6, with / 1e6, each / 1000));
            return each;
        }
    }
}
