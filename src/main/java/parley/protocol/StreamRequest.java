package parley.protocol;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.protocol.ReadCommand.Subscribe;

/**
 * A request for the frames of a connection as an HTTP response.
 *
 * @param subscriptions the rooms whose events the response has; the id of each is its place, from 1
 * @param watch whether the response also has what changes in the caller's rooms
 * @param pollSeconds for long polling, after how many seconds the response ends even without an event, 0 to {@link #LONGEST_WAIT};
 *     {@link #ENDLESS} if it goes on
 */
public record StreamRequest(List<Subscribe> subscriptions, boolean watch, int pollSeconds) {

    /** The most seconds that a long poll waits. */
    public static final int LONGEST_WAIT = 60;
    /** Instead of seconds, for a response that goes on. */
    public static final int ENDLESS = -1;

    /** Whether the response ends after its first events. */
    public boolean isPoll() {
        return pollSeconds != ENDLESS;
    }

    /** The number of replies that come before events; {@code watch} has the last one. */
    public int replies() {
        return subscriptions.size() + (watch ? 1 : 0);
    }

    /**
     * Reads the body of {@code POST /api/stream}. The fields have the problem afterwards.
     *
     * @param most the most subscriptions
     */
    public static StreamRequest read(Fields fields, int most) {
        boolean watch = fields.flag("watch", false);
        int wait = wait(fields);
        List<Subscribe> subscriptions = new ArrayList<>();
        for (Fields one : fields.objects("subscribe", most)) {
            subscriptions.add(ReadCommandReader.subscribe(subscriptions.size() + 1L, one));
            one.problem().ifPresent(fields::wrong);
        }
        return new StreamRequest(List.copyOf(subscriptions), watch, wait);
    }

    /**
     * Reads the query of {@code GET /api/rooms/{room}/events}. The fields have the problem afterwards.
     *
     * @param lastEventId what the client received last, or null; then neither {@code since} nor {@code last} counts
     */
    public static StreamRequest read(String room, Fields query, String lastEventId) {
        int wait = wait(query);
        int last = (int) query.number("last", 0, HistoryPage.LARGEST, -1);
        Optional<Position> since = query.has("since") ? position(query, query.string("since"), "`since`") : Optional.empty();
        if (since.isPresent() && last >= 0) {
            query.wrong(Problem.badRequest("`since` and `last` can't be combined."));
        }
        Subscribe subscribe = lastEventId == null ? new Subscribe(1, room, since, last)
                : new Subscribe(1, room, position(query, lastEventId, "Last-Event-ID"), -1);
        return new StreamRequest(List.of(subscribe), false, wait);
    }

    private static int wait(Fields fields) {
        return (int) fields.number("wait", 0, LONGEST_WAIT, ENDLESS);
    }

    private static Optional<Position> position(Fields query, String text, String name) {
        Optional<Position> position = Position.of(text);
        if (position.isEmpty()) {
            query.wrong(Problem.badRequest(name + " must be an epoch, a colon and an offset."));
        }
        return position;
    }
}
