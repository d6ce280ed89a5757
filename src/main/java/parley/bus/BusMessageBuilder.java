package parley.bus;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** A letter that is being filled with packets, up to a size that brokers and other instances take. One thread at a time. */
final class BusMessageBuilder {

    /** The largest packet; a larger one is not sent, and the log tells what it would. */
    static final int LARGEST_PACKET = 3 << 20;
    /** A letter of this many bytes is full. */
    static final int FULL = 256 << 10;
    /** A letter of this many packets is full. */
    static final int FULL_PACKETS = 256;

    private final byte[] head;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private int packets;

    /** @param node who writes it */
    BusMessageBuilder(String node) {
        head = PacketWriter.head(node);
    }

    /** Puts a packet in; false when it is too large for any letter. */
    boolean put(Packet packet) {
        byte[] bytes = PacketWriter.write(packet);
        if (bytes.length > LARGEST_PACKET) {
            return false;
        }
        if (isEmpty()) {
            content.writeBytes(head);
        }
        content.writeBytes(bytes);
        packets++;
        return true;
    }

    boolean isEmpty() {
        return packets == 0;
    }

    boolean isFull() {
        return content.size() >= FULL || packets >= FULL_PACKETS;
    }

    /** Takes the letter out; the next packet begins another. */
    ByteBuffer take() {
        ByteBuffer message = ByteBuffer.wrap(content.toByteArray());
        content.reset();
        packets = 0;
        return message;
    }
}
