package parley.journal;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parley.protocol.RoomEvent;

/** Shows content that is about to be removed to every {@link Originals}. For transactions that have locked the head of the room. */
@ApplicationScoped
public class LeavingContent {

    private List<Originals> takers;

    /** For the container's proxy. */
    protected LeavingContent() {
    }

    @Inject
    LeavingContent(@Any Instance<Originals> takers) {
        this(takers.stream());
    }

    LeavingContent(Stream<Originals> takers) {
        this.takers = takers.toList();
    }

    /**
     * Shows the events at these offsets. Reads nothing if nobody wants the room. Call it before the events change.
     *
     * @param cause the event that removes them; empty if none does
     */
    public void show(String room, Leaving.Reason reason, Optional<RoomEvent> cause, Collection<Long> offsets, EntityManager em) {
        if (offsets.isEmpty()) {
            return;
        }
        List<Originals> wanting = takers.stream().filter(taker -> taker.wants(room, em)).toList();
        List<Long> wanted = wanting.isEmpty() ? List.of() : offsets.stream().distinct().sorted().toList();
        for (int from = 0; from < wanted.size(); from += Leaving.MOST) {
            List<Original> originals = LogEntry.originals(em, room, wanted.subList(from, Math.min(from + Leaving.MOST, wanted.size())));
            if (!originals.isEmpty()) {
                wanting.forEach(taker -> taker.take(new Leaving(room, reason, cause, originals), em));
            }
        }
    }
}
