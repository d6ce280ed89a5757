package parley.preview;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parley.identity.Actor;
import parley.protocol.LinkPreview;
import parley.protocol.Links;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.ExactMessage;
import parley.room.Proposal;
import parley.room.RoomView;

/**
 * Adds previews to a message, in the name of its author. Changes nothing if the author removed a preview, or if the links are gone.
 *
 * @param message the offset of the message
 * @param found the previews that were fetched
 */
record AddPreviews(String room, Actor by, long message, List<LinkPreview> found) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        if (view.closed() || view.profile().retention().equals(Retention.NONE)) {
            return new Decision.Refused(Problem.noSuchRoom());
        }
        Optional<ExactMessage> present = context.message(view, message).filter(message -> !message.deleted());
        if (present.isEmpty()) {
            return new Decision.Refused(Problem.noSuchMessage());
        }
        List<LinkPreview> before = present.get().previews();
        List<LinkPreview> previews = Links.of(present.get().text()).stream().flatMap(url -> Stream.concat(before.stream(), found.stream())
                .filter(preview -> preview.url().equals(url)).limit(1)).toList();
        return present.get().previewsRemoved() || previews.equals(before) ? new Decision.Already(view.offset())
                : Decision.change(new MessageChange.Previewed(message, previews, false));
    }
}
