package parley.erasure;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import parley.personal.Erased;
import parley.protocol.User;

/**
 * An erasure as table {@code erasure} has it.
 *
 * @param person the user id; empty when it is complete
 * @param names every name of the person that was found so far
 * @param words further words that are replaced in all texts
 * @param salt of the hash in the report; empty when it is complete
 * @param pseudonym the id that takes the person's place
 * @param allDocuments whether documents are deleted in which others wrote too
 * @param keepsExports whether exports stay that name the person
 * @param room the last room that the step is done with; empty before the first
 * @param node the instance that worked on it last
 */
public record Erasure(String id, Mode mode, Optional<String> person, List<String> names, List<String> words, Optional<String> salt,
                      String pseudonym, boolean allDocuments, boolean keepsExports, String reason, User by, Instant created, State state,
                      Step step, String room, Optional<String> node, Optional<Instant> began, Optional<Instant> ended) {

    /** The name of everyone who was erased. The page shows it in its language. */
    public static final String SHOWN_AS = "Erased person";
    /** How the ids of erased people begin. */
    public static final String PSEUDONYMS = "erased-";

    /** What happens to the messages and files of the person. */
    public enum Mode {
        /** They are deleted. */
        ERASE,
        /** They stay under the pseudonym. */
        PSEUDONYMISE;

        /** Its name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The mode with this name on the wire. */
        public static Optional<Mode> of(String wire) {
            return Stream.of(values()).filter(mode -> mode.wire().equals(wire)).findFirst();
        }
    }

    /** Whether an instance has to work on it. */
    public enum State {
        /** It waits for an instance, or one works on it. */
        RUNNING,
        /** Nothing is left, and there is a report. */
        DONE;

        /** Its name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What an erasure does, in this order. */
    public enum Step {
        /** Waits until no instance accepts anything of the person. */
        ACCESS,
        /** Finds the rooms and the names of the person. */
        LOOK,
        /** Deletes messages, reactions, documents and memberships. */
        CONTENT,
        /** Lets the packages remove what no statement can. */
        REMOVE,
        /** Replaces the person in all tables. */
        TABLES,
        /** Rewrites the logs. */
        LOG,
        /** The tables again: what other work wrote meanwhile. */
        TABLES_AGAIN,
        /** The logs again. */
        LOG_AGAIN,
        /** Signs the report and forgets the person. */
        REPORT;

        /** Its name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        Step next() {
            return values()[ordinal() + 1];
        }
    }

    /** Whether what the person wrote goes too. */
    public boolean withContent() {
        return mode == Mode.ERASE;
    }

    /** The person, for the packages. Only before it is complete. */
    Erased erased() {
        return new Erased(person.orElseThrow(), pseudonym, withContent(), keepsExports);
    }

    static List<String> lines(String text) {
        return text == null || text.isEmpty() ? List.of() : Arrays.asList(text.split("\n"));
    }
}
