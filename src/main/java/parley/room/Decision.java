package parley.room;

import java.util.List;
import java.util.Optional;
import parley.protocol.Change;
import parley.protocol.Event;
import parley.protocol.MessageChange;
import parley.protocol.Problem;

/** What was decided about a command. */
public sealed interface Decision {

    /**
     * These changes follow, one event each, in this order; at least one.
     *
     * @param concerns the user whom the changes concern, for the audit, if the changes don't name that user
     * @param flagged the pattern of the rule that reports the text of the message to the moderators
     */
    record Changes(List<Change> changes, Optional<String> concerns, Optional<String> flagged) implements Decision {

        public Changes(List<Change> changes, Optional<String> concerns) {
            this(changes, concerns, Optional.empty());
        }

        public Changes(List<Change> changes) {
            this(changes, Optional.empty());
        }
    }

    /**
     * The message waits for a moderator, if not too many wait already.
     *
     * @param pattern that of the rule
     */
    record Held(MessageChange.Posted post, String pattern) implements Decision {}

    /**
     * This update of a document follows. The room's log stays as it is.
     *
     * @param key the author's key of the update
     */
    record Update(Event.DocumentUpdated update, String key) implements Decision {}

    /**
     * The room is already in that state as of this offset, or the document has the update as of this version. Nothing changes, and the
     * caller gets the same reply as the first time.
     */
    record Already(long offset) implements Decision {}

    /** It is not done. */
    record Refused(Problem problem) implements Decision {}

    /** One change. */
    static Decision change(Change change) {
        return new Changes(List.of(change));
    }

    /** A change of a text about which the rules say this; the rules refuse nothing. */
    static Decision change(Change change, Verdict verdict) {
        return verdict.action() == RuleAction.FLAG ? new Changes(List.of(change), Optional.empty(), Optional.of(verdict.pattern()))
                : change(change);
    }
}
