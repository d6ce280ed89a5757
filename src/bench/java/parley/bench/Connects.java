package parley.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** How fast people come in, each with a token that is verified. */
final class Connects {

    private static final int WARM_UP = 2_000;
    private static final int COUNTED = 4_000;

    private Connects() {
    }

    /** Connections a second from TCP to the server's welcome, 64 under way at a time, all of them staying. */
    static double perSecond(Subject subject) {
        Say.progress(subject.name() + ", connecting with tokens");
        admit(subject, WARM_UP);
        double seconds = admit(subject, COUNTED);
        Say.line(String.format(Locale.ROOT, "%,.0f connects/s", COUNTED / seconds));
        return COUNTED / seconds;
    }

    private static double admit(Subject subject, int count) {
        List<Guest> guests = new ArrayList<>(IntStream.range(0, count).mapToObj(i -> new Guest(i, "user" + i, "", false)).toList());
        // Signed before the clock runs.
        guests.forEach(guest -> subject.token(guest.user()));
        try (Crowd crowd = new Crowd(subject.address(), subject.dialect())) {
            long begin = System.nanoTime();
            Entrance.admit(crowd, guests, subject::token);
            return (System.nanoTime() - begin) / 1e9;
        }
    }
}
