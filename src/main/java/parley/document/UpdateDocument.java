package parley.document;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import parley.identity.Actor;
import parley.protocol.DocumentCommand;
import parley.protocol.Event;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.DocumentHead;
import parley.room.Proposal;
import parley.room.RoomView;

/**
 * Stores an update of a document. An update with the same key of the same author is stored once.
 *
 * @param most bytes of all stored updates of the document
 */
public record UpdateDocument(String room, Actor by, String document, String key, String update, long most) implements Proposal {

    /** The proposal of a command. */
    public static UpdateDocument of(DocumentCommand.Update command, Actor by, long most) {
        return new UpdateDocument(command.room(), by, command.document(), command.key(), command.update(), most);
    }

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        Optional<Problem> refused = DocumentRules.writing(view, by, context, now);
        return refused.<Decision>map(Decision.Refused::new).orElseGet(() -> context.document(view, document)
                .map(found -> update(found, context)).orElseGet(() -> new Decision.Refused(Problem.noSuchDocument())));
    }

    private Decision update(DocumentHead found, DecisionContext context) {
        OptionalLong stored = context.updated(document, by.id(), key);
        if (stored.isPresent()) {
            return new Decision.Already(stored.getAsLong());
        }
        return found.bytes() >= most
                ? new Decision.Refused(Problem.tooLarge("The document is full: its stored updates have " + most + " bytes or more."))
                : new Decision.Update(new Event.DocumentUpdated(room, document, found.version() + 1, update, by.user()), key);
    }
}
