package parley.search;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import parley.protocol.Message;

/**
 * What a search looks for.
 *
 * @param clauses each of which the text of a message must meet
 * @param by the user id of the author
 * @param before messages from before this time
 * @param after messages from this time on
 */
record Wanted(List<Clause> clauses, Set<Has> has, Optional<String> room, Optional<String> by, Optional<Instant> before,
              Optional<Instant> after) {

    /** Whether it has a word, phrase or prefix to find. Otherwise, no message matches better than another. */
    boolean ranks() {
        return clauses.stream().anyMatch(clause -> !clause.excluded());
    }

    /** Whether the message still has what this asks for besides words. */
    boolean isMetBy(Message message) {
        return !message.deleted() && IndexedMessage.has(message).containsAll(has);
    }

    /** Whether it asks for words, and for nothing that only messages have. */
    boolean isOfWordsAlone() {
        return ranks() && has.isEmpty() && by.isEmpty() && before.isEmpty() && after.isEmpty();
    }

    /** Whether nothing is asked for. */
    boolean isEmpty() {
        return clauses.isEmpty() && has.isEmpty() && room.isEmpty() && by.isEmpty() && before.isEmpty() && after.isEmpty();
    }
}
