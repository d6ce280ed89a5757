package parley.document;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.DocumentChange;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.DocumentHead;
import parley.room.Proposal;
import parley.room.RoomView;

/**
 * Deletes a document past the retention of its room.
 *
 * @param version its version when the sweep found it; a document with a later version stays
 */
record ExpireDocument(String room, Actor by, String document, long version) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<DocumentHead> found = context.document(view, document).filter(head -> head.version() == version);
        return found.<Decision>map(head ->
                new Decision.Changes(List.of(new DocumentChange.Deleted(document)), Optional.of(head.creator())))
                .orElseGet(() -> new Decision.Already(view.offset()));
    }
}
