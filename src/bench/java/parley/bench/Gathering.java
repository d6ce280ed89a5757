package parley.bench;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** The guests of a {@link Shape} in a server's rooms. */
final class Gathering implements AutoCloseable {

    /** So many messages a second have their time read; of more, one in several. */
    private static final double READ_A_SECOND = 100_000;

    private final Subject subject;
    private final Shape shape;
    private Crowd crowd;
    private List<Guest> posters;

    /** Makes the rooms, and lets everyone in. */
    Gathering(Subject subject, Shape shape) {
        this.subject = subject;
        this.shape = shape;
        IntStream.range(0, shape.rooms()).forEach(room -> subject.open(shape.room(room), user(room, 0)));
        admit();
    }

    private void admit() {
        List<InetSocketAddress> servers = subject.addresses();
        var guests = new ArrayList<Guest>();
        for (int seat = 0; seat < shape.size(); seat++) {
            for (int room = 0; room < shape.rooms(); room++) {
                // By the room too, so that not all who post one after the other are on the same one.
                int server = (seat + room) % servers.size();
                guests.add(new Guest(guests.size(), user(room, seat), shape.room(room), seat < shape.posters(), server));
            }
        }
        posters = guests.stream().filter(Guest::posts).toList();
        crowd = new Crowd(servers, subject.dialect());
        Entrance.admit(crowd, guests, subject::token);
    }

    private String user(int room, int seat) {
        return "user" + (room * shape.people() + seat % shape.people());
    }

    Crowd crowd() {
        return crowd;
    }

    /** Everybody leaves, and comes again. */
    void again() {
        crowd.close();
        admit();
    }

    /** So many posts a second of all together. */
    Load.Outcome atRate(double posts, Duration settle, Duration span) {
        int every = (int) Math.max(1, posts * shape.size() / READ_A_SECOND);
        return new Load(crowd, posters, shape.size(), every).atRate(posts, settle, span);
    }

    /** The same, told apart by instances. */
    Load.Outcome atRate(TallyByInstance tally, double posts, Duration settle, Duration span) {
        return new Load(crowd, posters, tally.posting(crowd), shape.size(), 1).atRate(tally, posts, settle, span);
    }

    /** The same to those of a room who still read. */
    Load.Outcome atRateTo(int readers, double posts, Duration span) {
        return new Load(crowd, posters, readers, 1).atRate(posts, Duration.ZERO, span);
    }

    /** As much as comes back at once: of each poster one message is under way. */
    void warmUp(Duration span) {
        new Load(crowd, posters, shape.size(), Integer.MAX_VALUE).inFlight(1, Duration.ZERO, span);
    }

    /** The same with so many of each poster under way, counted. */
    Load.Outcome inFlight(int each, Duration settle, Duration span) {
        return new Load(crowd, posters, shape.size(), Math.max(1, shape.size() / 10)).inFlight(each, settle, span);
    }

    /** Turns the crowd, its heartbeats answered, for so long. */
    void rest(Duration span) {
        crowd.tell(Crowd.NOBODY, Integer.MAX_VALUE);
        for (long end = System.nanoTime() + span.toNanos(); System.nanoTime() < end;) {
            crowd.turn(end);
        }
    }

    @Override
    public void close() {
        crowd.close();
    }
}
