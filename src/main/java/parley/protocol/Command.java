package parley.protocol;

import java.util.Set;

/**
 * A client's request. Sizes, shapes and characters are checked; rights are not. Commands come in families: what handles a command
 * switches over its own family only.
 */
public sealed interface Command extends Inbound permits StoredCommand, ReadCommand, WatchCommand, ConnectionCommand, DocumentCommand,
        CallCommand, SlashCommand {

    /** The client's number for it, 1 to 2^53, echoed in the reply; 0 if it has none and needs none. */
    long id();

    /** The name on the wire. */
    String type();

    /** The features that it needs. */
    default Set<Feature> features() {
        return Set.of();
    }
}
