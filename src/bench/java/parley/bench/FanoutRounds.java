package parley.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The deliveries a second of {@link FanoutBench} in several rounds. Each round measures every server, so that a machine that slows down
 * slows all of them down. Prints the median of the rounds, with the least and the most.
 */
final class FanoutRounds {

    /** What one server delivered in one round, at p99 of at most 100 ms. */
    private record Round(double room, double rooms) {}

    private final int rounds;
    private final boolean rivals;
    private final Map<String, List<Round>> results = new LinkedHashMap<>();

    FanoutRounds(int rounds, boolean rivals) {
        this.rounds = rounds;
        this.rivals = rivals;
    }

    void run() throws Exception {
        TokenIssuer issuer = TokenIssuer.withNewKey();
        for (int round = 1; round <= rounds; round++) {
            Console.print("Round " + round + " of " + rounds);
            Parley.onOwnCore(this::measure);
            if (rivals) {
                Cores.avoidServerCore();
                try (NodeServer socketIo = NodeServer.socketIo(issuer)) {
                    measure(socketIo);
                }
                try (NodeServer ws = NodeServer.bareWs(issuer)) {
                    measure(ws);
                }
                Cores.useAll();
            }
        }
        print();
    }

    private void measure(ServerUnderTest target) {
        results.computeIfAbsent(target.name(), name -> new ArrayList<>())
                .add(new Round(Capacity.of(target, RoomLayout.ROOM_OF_500, 10).best().deliveries(),
                        Capacity.of(target, RoomLayout.ROOMS_OF_10, 200).best().deliveries()));
    }

    private void print() {
        var columns = new ArrayList<String>(List.of("deliveries/s at p99 ≤ 100 ms, median of " + rounds + " (least to most)"));
        columns.addAll(results.keySet());
        var table = new Table("One message to many, " + rounds + " rounds", columns.toArray(String[]::new));
        row(table, RoomLayout.ROOM_OF_500, Round::room);
        row(table, RoomLayout.ROOMS_OF_10, Round::rooms);
        table.print();
    }

    private void row(Table table, RoomLayout layout, Function<Round, Double> figure) {
        var cells = new ArrayList<String>(List.of(layout.name()));
        results.values().forEach(all -> {
            List<Double> sorted = new ArrayList<>(all.stream().map(figure).toList());
            Collections.sort(sorted);
            cells.add(String.format(Locale.ROOT, "%,.0f (%,.0f to %,.0f)", sorted.get(sorted.size() / 2), sorted.getFirst(),
                    sorted.getLast()));
        });
        table.row(cells.toArray(String[]::new));
    }
}
