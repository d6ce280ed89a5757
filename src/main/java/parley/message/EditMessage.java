package parley.message;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.identity.Actor;
import parley.protocol.AttachedFile;
import parley.protocol.LinkPreview;
import parley.protocol.Links;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.ExactMessage;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.room.Verdict;

/**
 * Changes the text of an own message. Changes nothing if text and mentions are the same.
 *
 * @param message the offset of the message
 * @param mentions ids of users; empty to keep those of the message
 * @param files ids of the files that the message carries from now on; empty to keep those of the message
 * @param within how long after posting a message may be edited; empty for no limit
 */
public record EditMessage(String room, Actor by, long message, String text, Optional<List<String>> mentions,
                          Optional<List<String>> files, Optional<Duration> within) implements ChangingMessage {

    /** The most edits of a message, so that a deletion has a bounded number of texts to remove. */
    public static final int MOST_EDITS = 1_000;

    /** A change that keeps the files of the message. */
    public EditMessage(String room, Actor by, long message, String text, Optional<List<String>> mentions, Optional<Duration> within) {
        this(room, by, message, text, mentions, Optional.empty(), within);
    }

    @Override
    public Optional<Problem> refusal(RoomView view, Instant now) {
        return RoomPolicy.posting(view, by, now);
    }

    @Override
    public Decision decide(RoomView view, ExactMessage found, DecisionContext context, Instant now) {
        Optional<Problem> refused = RoomPolicy.writing(view, by, context::isBlocked)
                .or(() -> RoomPolicy.editing(by, found.author()))
                .or(() -> found.deleted() ? Optional.of(ChangingMessage.gone()) : Optional.empty())
                .or(() -> tooLate(found, now))
                .or(() -> Attaching.unstored(view, files.orElse(List.of())));
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        List<String> mentioned = mentions.map(users -> Mentions.of(users, view, now)).orElseGet(found::mentions);
        Optional<List<AttachedFile>> attached = files.map(ids -> Attaching.files(ids, found.files(), view, by.id(), context))
                .orElseGet(() -> Optional.of(found.files()));
        if (attached.isEmpty()) {
            return new Decision.Refused(Attaching.refused());
        }
        if (found.text().equals(text) && found.mentions().equals(mentioned) && found.files().equals(attached.get())) {
            return new Decision.Already(view.offset());
        }
        if (found.edits() >= MOST_EDITS) {
            return new Decision.Refused(Problem.conflict("A message can be edited at most " + MOST_EDITS + " times."));
        }
        Verdict ruling = found.text().equals(text) ? Verdict.ALLOWED : RoomPolicy.ruling(view, context.verdict(view, text));
        return RoomPolicy.rewriting(ruling).<Decision>map(Decision.Refused::new).orElseGet(() -> Decision.change(
                new MessageChange.Edited(message, text, mentioned, false, attached.get(), stillLinked(found)), ruling));
    }

    private List<LinkPreview> stillLinked(ExactMessage found) {
        List<String> links = Links.of(text);
        return found.previews().stream().filter(preview -> links.contains(preview.url())).toList();
    }

    private Optional<Problem> tooLate(ExactMessage found, Instant now) {
        return within.filter(limit -> found.at().plus(limit).isBefore(now))
                .map(limit -> Problem.forbidden("Messages can be edited for " + limit.toSeconds() + " seconds."));
    }
}
