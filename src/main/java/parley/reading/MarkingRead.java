package parley.reading;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import parley.identity.Caller;
import parley.journal.Views;
import parley.protocol.Problem;
import parley.protocol.Unread;
import parley.protocol.User;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.threads.ReaderPool;

/** Moves read markers, and reads them for others. Never waits; a thread of the reader pool reads. Safe for every thread. */
@ApplicationScoped
public class MarkingRead {

    /** In a room of more members, nobody sees how far others have read. */
    public static final int MOST_READERS = 100;

    @Inject
    private Views views;
    @Inject
    private ReaderPool readers;
    @Inject
    private ReadMarkers markers;
    @Inject
    private MarkerRows rows;
    @Inject
    private Event<MarkerMoved> told;

    /**
     * Stores how far the caller has read the room. The marker moves back only if {@code back} says so, and never before the caller joined.
     * Completes with the refusal, if there is one.
     */
    public CompletableFuture<Optional<Problem>> mark(Caller caller, String room, long upto, boolean back) {
        return views.of(room).thenCompose(found -> {
            Optional<Problem> refused = refusal(found, caller);
            if (refused.isPresent()) {
                return CompletableFuture.completedFuture(refused);
            }
            RoomView view = found.orElseThrow();
            long wanted = Math.min(upto, view.offset());
            PersonInRoom key = new PersonInRoom(caller.id(), room);
            Optional<Long> known = markers.moved(key);
            if (known.isPresent()) {
                move(caller.user(), view, known.get(), wanted, back);
                return CompletableFuture.completedFuture(Optional.empty());
            }
            return readers.read(() -> {
                rows.read(key).forEach(stored -> move(caller.user(), view, stored, wanted, back));
                return Optional.empty();
            });
        });
    }

    private Optional<Problem> refusal(Optional<RoomView> found, Caller caller) {
        return RoomPolicy.belonging(found, caller.id(), "Only members have a read marker. Join the room first.", Instant.now()).or(() ->
                markers.isFull() ? Optional.of(Problem.unavailable("Too many read markers wait to be stored.")) : Optional.empty());
    }

    private void move(User by, RoomView view, long from, long wanted, boolean back) {
        long to = view.member(by.id()).map(member -> Math.max(wanted, member.since())).orElse(wanted);
        if (to > from || back && to < from) {
            long now = markers.move(new PersonInRoom(by.id(), view.id()), to, to < from);
            if (now == to) {
                told.fire(new MarkerMoved(view.id(), by, to, to < from, true));
            }
        }
    }

    /** A person moved a marker on another instance. */
    public void elsewhere(MarkerMoved moved) {
        markers.movedElsewhere(new PersonInRoom(moved.by().id(), moved.room()), moved.upto(), moved.back());
        told.fire(moved);
    }

    /**
     * How far the members of a room have read, for one of them. Nothing in a room of more than {@link #MOST_READERS} members, or for a
     * member who doesn't show it to others. Waits for the database.
     */
    public List<Unread.Reader> readers(RoomView view, String member) {
        if (view.members().size() > MOST_READERS) {
            return List.of();
        }
        List<Unread.Reader> shown = rows.readers(view.id());
        return shown.stream().noneMatch(reader -> reader.user().equals(member)) ? List.of()
                : shown.stream().map(reader -> markers.moved(new PersonInRoom(reader.user(), view.id()))
                .map(upto -> new Unread.Reader(reader.user(), upto)).orElse(reader)).toList();
    }
}
