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
import parley.room.RoomPolicy;
import parley.room.RoomView;

/** Deletes a document with everything that was written in it, by the rules of messages: its creator is the author. */
public record DeleteDocument(String room, Actor by, String document) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.knowing(view, by, now);
        return refused.<Decision>map(Decision.Refused::new).orElseGet(() -> context.document(view, document)
                .map(found -> delete(view, found)).orElseGet(() -> new Decision.Refused(Problem.noSuchDocument())));
    }

    private Decision delete(RoomView view, DocumentHead found) {
        boolean may = RoomPolicy.deleting(view, by, found.creator()).isEmpty();
        return may ? new Decision.Changes(List.of(new DocumentChange.Deleted(document)), Optional.of(found.creator()))
                : new Decision.Refused(Problem.forbidden(
                        "You can delete your own documents, and moderators those of people below their role."));
    }
}
