package parley.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.LinkPreview;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.ExactMessage;
import parley.room.RoomPolicy;
import parley.room.RoomView;

/**
 * Removes the preview of a link from an own message, which then gets no more previews. Changes nothing if there is no such preview.
 *
 * @param message the offset of the message
 * @param url the preview's link
 */
public record RemovePreview(String room, Actor by, long message, String url) implements ChangingMessage {

    @Override
    public Optional<Problem> refusal(RoomView view, Instant now) {
        return RoomPolicy.maySee(view, by.id(), now) ? Optional.empty() : Optional.of(Problem.noSuchRoom());
    }

    @Override
    public Decision decide(RoomView view, ExactMessage found, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.removingPreviews(by, found.author())
                .or(() -> found.deleted() ? Optional.of(ChangingMessage.gone()) : Optional.empty());
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        List<LinkPreview> others = found.previews().stream().filter(preview -> !preview.url().equals(url)).toList();
        return others.size() == found.previews().size() ? new Decision.Already(view.offset())
                : Decision.change(new MessageChange.Previewed(message, others, true));
    }
}
