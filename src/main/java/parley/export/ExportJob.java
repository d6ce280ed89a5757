package parley.export;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import parley.protocol.User;

/**
 * An export as table {@code export_job} has it.
 *
 * @param node the instance that worked on it last
 * @param expires when its files are removed
 * @param failure why it failed
 * @param done how many of its rooms were written
 * @param events that were written
 * @param files the place behind the last complete room
 * @param bytes of the archive, once it is complete
 * @param stored bytes that its files take in the database
 * @param digest SHA-256 of the manifest, once it is complete
 */
public record ExportJob(String id, ExportRequest request, User by, Instant created, State state, boolean cancelled, Optional<String> node,
                        Optional<Instant> began, Optional<Instant> ended, Optional<Instant> expires, Optional<String> failure, int rooms,
                        int done, long events, int files, long bytes, long stored, Optional<String> digest) {

    /** How far it is. */
    public enum State {
        WAITING, RUNNING, DONE, FAILED, CANCELLED, DELETED;

        /** Its name on the wire. */
        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Whether it still has to be worked on. */
    public boolean isOpen() {
        return state == State.WAITING || state == State.RUNNING;
    }
}
