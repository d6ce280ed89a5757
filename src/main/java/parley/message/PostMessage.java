package parley.message;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import parley.identity.Actor;
import parley.identity.Service;
import parley.protocol.Form;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomPolicy;
import parley.room.RoomView;
import parley.room.RuleAction;
import parley.room.Verdict;

/**
 * Posts a message. The same key of the same author again is answered with the first message's offset.
 *
 * @param thread the offset of the message that it answers, 0 for none
 * @param also whether a reply is shown in the room too
 * @param mentions ids of users; those who can't read the room are left out
 * @param everyone whether it mentions everyone in the room
 * @param files ids of the files that it carries
 * @param form what people fill in and press below it; only services have forms
 */
public record PostMessage(String room, Actor by, String key, String text, long thread, boolean also, List<String> mentions,
                          boolean everyone, List<String> files, Optional<Form> form) implements Proposal {

    /** A message without a form. */
    public PostMessage(String room, Actor by, String key, String text, long thread, boolean also, List<String> mentions,
                       boolean everyone, List<String> files) {
        this(room, by, key, text, thread, also, mentions, everyone, files, Optional.empty());
    }

    /** A message without files and a form. */
    public PostMessage(String room, Actor by, String key, String text, long thread, boolean also, List<String> mentions,
                       boolean everyone) {
        this(room, by, key, text, thread, also, mentions, everyone, List.of(), Optional.empty());
    }

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        return decide(view, context, now, false);
    }

    /** @param approved whether a moderator approved it: neither the rules of texts nor slow mode hold it back again */
    Decision decide(RoomView view, DecisionContext context, Instant now, boolean approved) {
        Optional<Problem> refused = RoomPolicy.posting(view, by, now);
        if (refused.isPresent()) {
            return new Decision.Refused(refused.get());
        }
        // The files of a repeated message are in a message already.
        OptionalLong posted = files.isEmpty() ? context.posted(view, by.id(), key) : context.postedEver(view, by.id(), key);
        if (posted.isPresent()) {
            return new Decision.Already(posted.getAsLong());
        }
        Verdict ruling = approved ? Verdict.ALLOWED : RoomPolicy.ruling(view, context.verdict(view, text));
        return RoomPolicy.postingNow(view, by, thread > 0 && !also, now,
                        since -> approved ? Optional.empty() : context.lastPosted(view, by.id(), since))
                .or(() -> RoomPolicy.writing(view, by, context::isBlocked))
                .or(() -> form.isPresent() && !Service.is(by.id()) ? Optional.of(Problem.forbidden("Only bots can post forms."))
                        : Optional.empty())
                .or(() -> wrongThread(view, context))
                .or(() -> everyone ? RoomPolicy.mentioningEveryone(view, by) : Optional.empty())
                .or(() -> Attaching.unstored(view, files))
                .or(() -> RoomPolicy.saying(ruling))
                .<Decision>map(Decision.Refused::new)
                .orElseGet(() -> Attaching.files(files, List.of(), view, by.id(), context)
                        .map(attached -> posted(new MessageChange.Posted(text, key, thread, also, Mentions.of(mentions, view, now),
                                everyone, false, attached, form), ruling))
                        .orElseGet(() -> new Decision.Refused(Attaching.refused())));
    }

    private static Decision posted(MessageChange.Posted post, Verdict ruling) {
        return ruling.action() == RuleAction.HOLD ? new Decision.Held(post, ruling.pattern()) : Decision.change(post, ruling);
    }

    @Override
    public boolean isPlainPost() {
        return thread == 0 && files.isEmpty();
    }

    private Optional<Problem> wrongThread(RoomView view, DecisionContext context) {
        return thread == 0 || context.message(view, thread).filter(root -> root.thread() == 0).isPresent() ? Optional.empty()
                : Optional.of(Problem.badRequest("`thread` must be a message of this room that is not a reply."));
    }
}
