package parley.document;

import parley.hub.Connection;
import parley.journal.LoggedUpdate;

/** A document that one connection has open. Guarded by its feed. */
final class OpenDocument {

    private final Connection connection;
    /** The version that the client has; -1 until its command was answered. */
    private long version = -1;

    OpenDocument(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    String user() {
        return connection.caller().id();
    }

    boolean isAnswered() {
        return version >= 0;
    }

    /** The client has the document up to this version. */
    void has(long reached) {
        version = reached;
    }

    /** Sends an update unless the client has it. Returns false if the connection takes no more. */
    boolean deliver(LoggedUpdate update) {
        if (!isAnswered() || update.version() <= version) {
            return true;
        }
        boolean taken = connection.tell(update.frame());
        if (taken) {
            version = update.version();
        }
        return taken;
    }
}
