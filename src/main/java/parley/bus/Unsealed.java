package parley.bus;

import java.nio.ByteBuffer;
import java.util.UUID;

/** What a message on the topic turned out to be. */
sealed interface Unsealed {

    /**
     * Sealed with the installation's key, by this life, as its message of this number. Whether it is new, and whether that life still is,
     * {@link Incarnations} knows.
     */
    record Message(UUID life, long number, ByteBuffer content) implements Unsealed {}

    /** Not from this installation, or not as it was sent. */
    record Refused(Refusal why) implements Unsealed {}
}
