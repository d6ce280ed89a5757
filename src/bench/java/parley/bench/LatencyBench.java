package parley.bench;

import static java.time.Duration.ofSeconds;

/** Delivery and acknowledgement latency in a room of ten without other load. */
final class LatencyBench {

    private static final double POSTS_PER_SECOND = 10;

    private LatencyBench() {
    }

    static void run() throws Exception {
        Parley.onOwnCore(parley -> {
            try (var connected = new ConnectedRooms(parley, RoomLayout.ROOM_OF_10)) {
                Console.progress("Warming up");
                connected.warmUp(ofSeconds(15));
                Console.progress("10 messages per second");
                var meter = new CpuMeter(parley.process());
                var results = connected.atRate(POSTS_PER_SECOND, ofSeconds(5), ofSeconds(60)).requireComplete().results();
                var table = new Table("One room of 10, 10 messages/s, stored; the server on one core", "", "p50 ms", "p99 ms", "max ms");
                table.row("delivered", results.deliveries());
                table.row("acknowledged", results.answers());
                table.print();
                meter.read().warnIfDisturbed();
            }
        });
    }
}
