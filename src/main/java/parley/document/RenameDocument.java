package parley.document;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.DocumentChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.DocumentHead;
import parley.room.Proposal;
import parley.room.RoomView;

/** Gives a document another title. Changes nothing if it has this title. */
public record RenameDocument(String room, Actor by, String document, String title) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = DocumentRules.writing(view, by, context, now);
        return refused.<Decision>map(Decision.Refused::new).orElseGet(() -> context.document(view, document)
                .map(found -> rename(view, found)).orElseGet(() -> new Decision.Refused(Problem.noSuchDocument())));
    }

    private Decision rename(RoomView view, DocumentHead found) {
        return found.title().equals(title) ? new Decision.Already(view.offset())
                : new Decision.Changes(List.of(new DocumentChange.Renamed(document, title)), Optional.of(found.creator()));
    }
}
