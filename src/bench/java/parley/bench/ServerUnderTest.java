package parley.bench;

import java.net.InetSocketAddress;
import java.util.List;

/** A running server under test. */
interface ServerUnderTest extends AutoCloseable {

    /** The name in tables. */
    String name();

    InetSocketAddress address();

    /** The addresses of all instances. The clients of a room are assigned in round-robin order. */
    default List<InetSocketAddress> addresses() {
        return List.of(address());
    }

    Dialect dialect();

    ProcessHandle process();

    /** The processes of all instances. */
    default List<ProcessHandle> processes() {
        return List.of(process());
    }

    /** Whether the server has a core for itself, if processes can be pinned to cores. */
    default boolean hasOwnCore() {
        return true;
    }

    /** Bytes in use after a garbage collection: of the heap if known, otherwise of the process. */
    long memory();

    /** What {@link #memory} measures: heap or process. */
    String memoryKind();

    /** A token of this user that the server accepts. */
    String token(String user);

    /** Creates a room, if the server requires that. */
    void createRoom(String room, String owner);

    @Override
    void close();
}
