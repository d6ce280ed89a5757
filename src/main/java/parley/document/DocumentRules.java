package parley.document;

import java.time.Instant;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.room.DecisionContext;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/** Who may edit the documents of a room: people who may post there, except in rooms that store nothing. Pure. */
final class DocumentRules {

    private DocumentRules() {
    }

    /** Refuses a user who may not edit documents, including a user whom someone in a direct room has blocked. */
    static Optional<Problem> writing(RoomView room, Actor by, DecisionContext context, Instant now) {
        return writing(room, by, now).or(() -> RoomPolicy.writing(room, by, context::isBlocked));
    }

    /** The same without the check of blocks, which needs the database. */
    static Optional<Problem> writing(RoomView room, Actor by, Instant now) {
        return RoomPolicy.posting(room, by, now).or(() -> room.profile().retention().equals(Retention.NONE)
                ? Optional.of(Problem.conflict("This room stores nothing, so it has no documents.")) : Optional.empty());
    }
}
