package parley.imports;

import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import parley.protocol.User;

/**
 * An import as table {@code import_job} has it.
 *
 * @param source names the other system for all of its exports
 * @param people the file that maps people
 * @param dryRun whether nothing is stored
 * @param keeps whether messages of people who are not mapped are kept
 * @param node the instance that worked on it last
 * @param failure why it failed, for the administrator
 * @param posts messages of the export
 * @param done how many of them were looked at
 * @param added messages that it added to rooms
 * @param rooms how many rooms are complete
 * @param problems the {@link Report} as JSON
 */
public record ImportJob(String id, String source, Format format, String file, Optional<String> people, boolean dryRun, boolean keeps,
                        User by, Instant created, State state, boolean cancelled, Optional<String> node, Optional<Instant> began,
                        Optional<Instant> ended, Optional<String> failure, long posts, long done, long added, int rooms, String problems) {

    /** The system that made the export. */
    public enum Format {
        MATTERMOST, SLACK;

        /** Its name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The format with this name. */
        public static Optional<Format> of(String wire) {
            return Arrays.stream(values()).filter(format -> format.wire().equals(wire)).findFirst();
        }
    }

    /** How far it is. */
    public enum State {
        WAITING, RUNNING, DONE, FAILED, CANCELLED;

        /** Its name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it still has to be worked on. */
    public boolean isOpen() {
        return state == State.WAITING || state == State.RUNNING;
    }

    /** Messages in a second since it began; 0 before that. */
    public long perSecond(Instant now) {
        long millis = began.map(start -> ended.orElse(now).toEpochMilli() - start.toEpochMilli()).orElse(0L);
        return millis <= 0 ? 0 : done * 1_000 / millis;
    }
}
