package parley.bench;

import static java.time.Duration.ofSeconds;

import java.time.Duration;
import java.util.Locale;

/**
 * Twice the posts that a server can take: whether it still delivers as much as at its best, whether it refuses the rest, and whether it
 * closes connections that read all the time.
 */
final class OverloadBench {

    private static final Duration WARM_UP = ofSeconds(20);
    private static final Duration SETTLE = ofSeconds(3);
    private static final Duration SPAN = ofSeconds(10);
    /** Posts of each poster on their way while the maximum is measured. */
    private static final int[] IN_FLIGHT = {4, 16, 64};

    private OverloadBench() {
    }

    static void run() throws Exception {
        var table = new Table("Twice the maximum; the server on one core", "", "deliveries/s", "of the maximum", "posts stored/s",
                "refused/s", "not sent/s", "closed");
        Parley.onOwnCore(parley -> {
            measure(parley, RoomLayout.ROOM_OF_500, table);
            measure(parley, RoomLayout.ROOMS_OF_10, table);
        });
        table.print();
    }

    private static void measure(ServerUnderTest target, RoomLayout layout, Table table) {
        Console.progress(target, layout);
        try (var connected = new ConnectedRooms(target, layout)) {
            connected.warmUp(WARM_UP);
            Load.Outcome best = null;
            for (int each : IN_FLIGHT) {
                Load.Outcome one = connected.inFlight(each, SETTLE, SPAN);
                Console.print(String.format(Locale.ROOT, "%d posts of each poster on their way: %,.0f deliveries/s", each,
                        one.deliveriesPerSecond()));
                best = best == null || one.deliveriesPerSecond() > best.deliveriesPerSecond() ? one : best;
            }
            row(table, layout.name() + ", maximum", best, best, 0);
            Load.Outcome twice = connected.offered(2 * best.answersPerSecond(), SETTLE, SPAN);
            row(table, "… offered twice", twice, best, twice.held());
        }
    }

    private static void row(Table table, String what, Load.Outcome outcome, Load.Outcome best, long held) {
        double all = SETTLE.plus(SPAN).toSeconds();
        table.row(what, Table.integer(outcome.deliveriesPerSecond()),
                String.format(Locale.ROOT, "%.0f %%", 100 * outcome.deliveriesPerSecond() / best.deliveriesPerSecond()),
                Table.integer(outcome.answersPerSecond()), Table.integer(outcome.results().refused() / all), Table.integer(held / all),
                Table.integer(outcome.results().lost()));
    }
}
