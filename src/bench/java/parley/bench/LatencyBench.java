package parley.bench;

import static java.time.Duration.ofSeconds;

/** What a message takes where nothing else happens: stored, and at everyone's in a room of ten. */
final class LatencyBench {

    private static final double POSTS_A_SECOND = 10;

    private LatencyBench() {
    }

    static void run() throws Exception {
        Parley.onItsCore(parley -> {
            try (var gathering = new Gathering(parley, Shape.ROOM_OF_10)) {
                Say.progress("Warming up");
                gathering.warmUp(ofSeconds(15));
                Say.progress("10 messages a second");
                var meter = new Meter(parley.process());
                var tally = gathering.atRate(POSTS_A_SECOND, ofSeconds(5), ofSeconds(60)).wasWhole().tally();
                var table = new Table("One room of 10, 10 messages/s, stored; the server on one core", "", "p50 ms", "p99 ms", "most ms");
                table.row("delivered", tally.deliveries());
                table.row("acknowledged", tally.answers());
                table.print();
                meter.read().tell();
            }
        });
    }
}
