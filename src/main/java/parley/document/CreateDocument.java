package parley.document;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.DocumentChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomView;

/**
 * Creates a document.
 *
 * @param document its new id
 * @param most how many documents the room may have
 */
public record CreateDocument(String room, Actor by, String document, String title, int most) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = DocumentRules.writing(view, by, context, now).or(() -> context.documents(view) < most ? Optional.empty()
                : Optional.of(Problem.conflict("A room has at most " + most + " documents. Delete one first.")));
        return refused.<Decision>map(Decision.Refused::new).orElseGet(() ->
                new Decision.Changes(List.of(new DocumentChange.Created(document, title)), Optional.of(by.id())));
    }
}
