package parley.bus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Collects packets into a message whose size brokers and other instances accept. Not thread-safe. */
final class BusMessageBuilder {

    /** The maximum size of a packet, in bytes. A larger one is dropped, and its events are read from the log. */
    static final int MAX_PACKET_BYTES = 3 << 20;
    /** A message has at most this many bytes, unless a single packet is larger. */
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

    /** Whether a packet of so many bytes, as {@link PacketWriter} wrote it, fits into the present message. */
    boolean hasRoomFor(byte[] packet) {
        return isEmpty() || packets < FULL_PACKETS && content.size() + packet.length <= FULL_BYTES;
    }

    /** Adds a packet. Returns false if it is larger than {@link #MAX_PACKET_BYTES}. */
    boolean add(byte[] packet) {
        if (packet.length > MAX_PACKET_BYTES) {
            return false;
        }
        if (isEmpty()) {
            content.writeBytes(header);
        }
        content.writeBytes(packet);
        packets++;
        return true;
    }

    boolean isEmpty() {
        return packets == 0;
    }

    /** Returns the content and starts the next message. */
    ByteBuffer build() {
        ByteBuffer message = ByteBuffer.wrap(content.toByteArray());
        content.reset();
        packets = 0;
        return message;
    }
}
