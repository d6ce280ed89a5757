package parley.bench;

import java.net.InetSocketAddress;
import java.util.List;

/** A server that is measured, running. */
interface Subject extends AutoCloseable {

    /** As the table calls it. */
    String name();

    InetSocketAddress address();

    /** Where it is reached, each of its instances; a room's guests go to one after the other. */
    default List<InetSocketAddress> addresses() {
        return List.of(address());
    }

    Dialect dialect();

    ProcessHandle process();

    /** Those of all its instances. */
    default List<ProcessHandle> processes() {
        return List.of(process());
    }

    /** Whether the server's core is its alone, where processes are kept on cores: anything else there then disturbs. */
    default boolean hasItsCore() {
        return true;
    }

    /** Bytes that it holds, after a collection: of its heap where that can be told, else of the whole process. */
    long memory();

    /** What {@link #memory} is. */
    String kindOfMemory();

    /** A token that it accepts. */
    String token(String user);

    /** Makes a room, where rooms have to be made. */
    void open(String room, String owner);

    @Override
    void close();
}
