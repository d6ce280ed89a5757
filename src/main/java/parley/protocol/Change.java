package parley.protocol;

/**
 * What an event of a room's log changed. Each family is a sealed type of its own with its own codec: a fold, rule or
 * projection switches over the family that concerns it, so that a new kind of event touches only its family.
 */
public sealed interface Change permits RoomChange, MemberChange, MessageChange, DocumentChange, CallChange {

    /** The name on the wire and in the log. */
    String type();
}
