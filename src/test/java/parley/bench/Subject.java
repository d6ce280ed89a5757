package parley.bench;

import java.net.InetSocketAddress;

/** A server that is measured, running. */
interface Subject extends AutoCloseable {

    /** As the table calls it. */
    String name();

    InetSocketAddress address();

    Dialect dialect();

    ProcessHandle process();

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
