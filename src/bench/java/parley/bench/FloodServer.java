package parley.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A server that only writes the same message to all clients as fast as they read, 32 messages per write. It shows how many deliveries
 * the {@link ClientPool} can count. Runs in its own process on the server's core and exits when standard input ends.
 */
final class FloodServer {

    private static final int MESSAGES = 32;
    private static final byte[] UPGRADE_RESPONSE = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer messages;
    private final ByteBuffer request = ByteBuffer.allocate(16_384);

    private FloodServer() {
        byte[] event = ("{\"type\":\"message.posted\",\"room\":\"room500-0\",\"offset\":1234567,\"at\":\"2026-03-02T09:14:07.318Z\","
                + "\"by\":{\"id\":\"user123\",\"name\":\"User user123\"},\"text\":\"" + TimestampedText.text(System.nanoTime())
                + "\",\"key\":\"17-1234-123456789012345\"}").getBytes(StandardCharsets.US_ASCII);
        messages = ByteBuffer.allocateDirect(MESSAGES * (event.length + 4));
        for (int i = 0; i < MESSAGES; i++) {
            messages.put((byte) 0x81).put((byte) 126).putShort((short) event.length).put(event);
        }
        messages.flip();
    }

    public static void main(String[] arguments) throws IOException {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                System.in.transferTo(java.io.OutputStream.nullOutputStream());
            } catch (IOException e) {
                // A broken pipe also means that the parent is gone.
            }
            System.exit(0);
        });
        new FloodServer().serve();
    }

    private void serve() throws IOException {
        try (Selector selector = Selector.open(); ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1_024).configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            System.out.println(server.socket().getLocalPort());
            while (true) {
                selector.select(key -> {
                    try {
                        ready(server, selector, key);
                    } catch (IOException e) {
                        key.cancel();
                    }
                });
            }
        }
    }

    private void ready(ServerSocketChannel server, Selector selector, SelectionKey key) throws IOException {
        if (key.isAcceptable()) {
            SocketChannel accepted = server.accept();
            accepted.configureBlocking(false);
            accepted.register(selector, SelectionKey.OP_READ);
        } else if (key.isReadable()) {
            // The upgrade request; clients send nothing after it.
            SocketChannel channel = (SocketChannel) key.channel();
            if (channel.read(request.clear()) < 0) {
                channel.close();
            } else {
                channel.write(ByteBuffer.wrap(UPGRADE_RESPONSE));
                key.interestOps(SelectionKey.OP_WRITE).attach(messages.duplicate());
            }
        } else {
            ByteBuffer remaining = (ByteBuffer) key.attachment();
            ((SocketChannel) key.channel()).write(remaining);
            if (!remaining.hasRemaining()) {
                remaining.rewind();
            }
        }
    }
}
