package parley.protocol;

/**
 * A person in a call, on one page or device. A person with two devices is two participants.
 *
 * @param id identifies the participant until it leaves; a connection that replaces a lost one continues it
 * @param lost whether its connection is gone; it leaves the call unless it comes back in time
 */
public record CallParticipant(User user, String id, boolean lost) {

    /** The longest id of a participant. */
    public static final int LONGEST_ID = 64;
}
