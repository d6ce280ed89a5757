package parley.bus;

import java.nio.ByteBuffer;
import java.util.UUID;

/** The result of opening a message on the topic. */
sealed interface Unsealed {

    /**
     * The message has a valid seal. {@link Incarnations} decides whether it is new and whether its sender still runs.
     *
     * @param incarnation the sender
     * @param number the message's number, counted from 1 per incarnation
     */
    record Message(UUID incarnation, long number, ByteBuffer content) implements Unsealed {}

    /** The message was not sealed by this installation, or was altered. */
    record Refused(Refusal reason) implements Unsealed {}
}
