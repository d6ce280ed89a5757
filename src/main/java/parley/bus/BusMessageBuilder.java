package parley.bus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Collects packets into a message whose size brokers and other instances accept. Not thread-safe. */
final class BusMessageBuilder {

    /** The maximum size of a packet, in bytes. A larger one is dropped, and its events are read from the log. */
    static final int MAX_PACKET_BYTES = 3 << 20;
    /** A message is full at this many bytes. */
    static final int FULL_BYTES = 256 << 10;
    /** A message is full at this many packets. */
    static final int FULL_PACKETS = 256;

    private final byte[] header;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private int packets;

    /** @param instance the name of the sending instance */
    BusMessageBuilder(String instance) {
        header = PacketWriter.header(instance);
    }

    /** Adds a packet. Returns false if it is larger than {@link #MAX_PACKET_BYTES}. */
    boolean add(Packet packet) {
        byte[] bytes = PacketWriter.write(packet);
        if (bytes.length > MAX_PACKET_BYTES) {
            return false;
        }
        if (isEmpty()) {
            content.writeBytes(header);
        }
        content.writeBytes(bytes);
        packets++;
        return true;
    }

    boolean isEmpty() {
        return packets == 0;
    }

    boolean isFull() {
        return content.size() >= FULL_BYTES || packets >= FULL_PACKETS;
    }

    /** Returns the content and starts the next message. */
    ByteBuffer build() {
        ByteBuffer message = ByteBuffer.wrap(content.toByteArray());
        content.reset();
        packets = 0;
        return message;
    }
}
