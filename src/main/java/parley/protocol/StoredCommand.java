package parley.protocol;

/** A command that stores events in the log of a room, or an update in the log of a document. */
public sealed interface StoredCommand extends Command permits RoomCommand, MessageCommand, DocumentCommand.Update {

    /** The room's id. */
    String room();

    /**
     * The reply if it succeeded.
     *
     * @param offset the offset of its first event; the offset of the earlier event if it was done before. For a document, the version
     * @param already whether it was done before, so that this command stored nothing
     */
    default Reply succeeded(long offset, boolean already) {
        return new Reply.Stored(id(), offset);
    }
}
