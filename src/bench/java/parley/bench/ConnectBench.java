package parley.bench;

import static java.time.Duration.ofSeconds;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** A building that comes to work: ten thousand connections at a thousand a second; and a hundred thousand that come and go. */
final class ConnectBench {

    private static final int COMING = 10_000;
    private static final int ROOMS = 100;
    private static final double A_SECOND = 1_000;
    private static final int CYCLES = 100_000;
    private static final int FIRST_CYCLES = 10_000;
    private static final int USERS = 1_000;
    /** Longer than the silence after which the server gives a connection up. */
    private static final int STAYING_SECONDS = 40;
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(3);
    private static final long IDLE = TimeUnit.MILLISECONDS.toNanos(20);
    private static final int AT_THE_DOOR = 64;

    private final Parley parley;
    private int lost;

    private ConnectBench(Parley parley) {
        this.parley = parley;
    }

    static void run() throws Exception {
        Parley.onItsCore(parley -> {
            var bench = new ConnectBench(parley);
            bench.come();
            bench.comeAndGo();
        });
    }

    private void come() {
        Say.progress("Signing 10,000 tokens");
        List<Guest> guests = new ArrayList<>();
        for (int i = 0; i < COMING; i++) {
            guests.add(new Guest(i, "user" + i, "office-" + i % ROOMS, false));
            parley.token("user" + i);
        }
        for (int room = 0; room < ROOMS; room++) {
            parley.open("office-" + room, "user" + room);
        }
        try (Crowd crowd = new Crowd(parley.address(), parley.dialect())) {
            Say.progress("10,000 connections at 1,000 a second, each to one of 100 rooms");
            var times = new Histogram(PATIENCE, 3);
            double seconds = come(crowd, guests, times);
            Say.progress("They stay for 40 s");
            turn(crowd, ofSeconds(STAYING_SECONDS).toNanos());
            var table = new Table("10,000 connections with tokens at 1,000/s; the server on one core", "", "in", "lost", "after s",
                    "p50 ms", "p99 ms", "most ms");
            table.row("from TCP to the room", "" + crowd.in(), "" + lost, String.format(Locale.ROOT, "%.1f", seconds),
                    Table.millis(times.getValueAtPercentile(50)), Table.millis(times.getValueAtPercentile(99)),
                    Table.millis(times.getMaxValue()));
            table.print();
        }
    }

    // Each at its moment, whoever is still on the way; the time counts from that moment.
    private double come(Crowd crowd, List<Guest> guests, Histogram times) {
        long begin = System.nanoTime();
        crowd.tell(new Crowd.Listener() {
            @Override
            public void entered(Guest guest, long now) {
                times.recordValue(Math.min(now - due(begin, guest.number()), PATIENCE));
            }

            @Override
            public void lost(Guest guest, long now) {
                lost++;
            }
        }, Integer.MAX_VALUE);
        int invited = 0;
        while (crowd.in() + lost < guests.size() && System.nanoTime() - begin < PATIENCE) {
            for (; invited < guests.size() && due(begin, invited) <= System.nanoTime(); invited++) {
                crowd.invite(guests.get(invited), parley.token(guests.get(invited).user()));
            }
            crowd.turn(invited < guests.size() ? due(begin, invited) : System.nanoTime() + IDLE);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static long due(long begin, int number) {
        return begin + (long) (number * 1e9 / A_SECOND);
    }

    private void comeAndGo() {
        Say.progress("10,000 that come and go, for the server to load what it needs for that");
        cycle(FIRST_CYCLES);
        long before = parley.memory();
        Say.progress("100,000 that come and go");
        double seconds = cycle(CYCLES);
        long after = parley.memory();
        var table = new Table("100,000 connections that come with a token and go", "", "a second", "lost", "heap before MB", "after MB",
                "change", "sessions left");
        table.row("after a collection", Table.whole(CYCLES / seconds), "" + lost, String.format(Locale.ROOT, "%.1f", before / 1e6),
                String.format(Locale.ROOT, "%.1f", after / 1e6), String.format(Locale.ROOT, "%+.1f %%", 100.0 * (after - before) / before),
                Table.whole(parley.metric("parley_connections")));
        table.print();
    }

    private double cycle(int cycles) {
        lost = 0;
        int[] left = {0};
        try (Crowd crowd = new Crowd(parley.address(), parley.dialect())) {
            crowd.tell(new Crowd.Listener() {
                @Override
                public void entered(Guest guest, long now) {
                    crowd.leave(guest);
                    left[0]++;
                }

                @Override
                public void lost(Guest guest, long now) {
                    lost++;
                }
            }, Integer.MAX_VALUE);
            long begin = System.nanoTime();
            for (int invited = 0; left[0] + lost < cycles && System.nanoTime() - begin < 2 * PATIENCE;) {
                for (; invited < cycles && invited - left[0] - lost < AT_THE_DOOR; invited++) {
                    crowd.invite(new Guest(invited, "user" + invited % USERS, "", false), parley.token("user" + invited % USERS));
                }
                crowd.turn(System.nanoTime() + IDLE);
                crowd.forgetGone();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            // What was closed last is still on its way through the server.
            parley.awaitMetric("parley_connections", 0);
            return seconds;
        }
    }

    private static void turn(Crowd crowd, long nanos) {
        for (long end = System.nanoTime() + nanos; System.nanoTime() < end;) {
            crowd.turn(end);
        }
    }
}
