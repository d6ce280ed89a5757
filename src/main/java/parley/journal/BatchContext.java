package parley.journal;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import parley.protocol.MessageChange;
import parley.protocol.RoomEvent;
import parley.room.DecisionContext;
import parley.room.Quotas;
import parley.room.RoomView;

/** The decision context within a batch: the context before the batch, the messages of the batch so far, and quotas. */
final class BatchContext implements DecisionContext {

    private record Post(String room, String author, String key) {}

    private record Place(String room, long offset) {}

    private final DecisionContext before;
    private final Quotas quotas;
    private final Map<Post, Long> posts = new HashMap<>();
    private final Set<Place> messages = new HashSet<>();

    BatchContext(DecisionContext before, Quotas quotas) {
        this.before = before;
        this.quotas = quotas;
    }

    @Override
    public boolean mayOwnAnother(String user) {
        return quotas.mayOwnAnother(user);
    }

    @Override
    public boolean mayJoinAnother(String user) {
        return quotas.mayJoinAnother(user);
    }

    void remember(RoomEvent event) {
        if (event.change() instanceof MessageChange.Posted posted) {
            posts.put(new Post(event.room(), event.by().id(), posted.key()), event.offset());
            messages.add(new Place(event.room(), event.offset()));
        }
    }

    @Override
    public OptionalLong posted(RoomView room, String author, String key) {
        Long here = posts.get(new Post(room.id(), author, key));
        return here != null ? OptionalLong.of(here) : before.posted(room, author, key);
    }

    @Override
    public boolean isMessage(String room, long offset) {
        return messages.contains(new Place(room, offset)) || before.isMessage(room, offset);
    }

    // Rooms that this batch created are already rows in its transaction, so the context before the batch finds them.
    @Override
    public boolean isNameTaken(String room, String name) {
        return before.isNameTaken(room, name);
    }
}
