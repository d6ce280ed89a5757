package parley.erasure;

import java.time.Instant;
import parley.identity.Actor;
import parley.protocol.DocumentChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomView;

/** Deletes a document of an erased person. */
record EraseDocument(String room, Actor by, String document) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        if (view.closed()) {
            return new Decision.Refused(Problem.noSuchRoom());
        }
        return context.document(view, document).isPresent() ? Decision.change(new DocumentChange.Deleted(document))
                : new Decision.Already(view.offset());
    }
}
