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
 * A server that does nothing but write the same message, 32 to a write, to everyone as fast as they take it. What the crowd
 * counts then is what the crowd can count. A process of its own, on the server's core; it ends when standard input does.
 */
final class Blaster {

    private static final int MESSAGES = 32;
    private static final byte[] ANSWER = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\r\n"
            .getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer messages;
    private final ByteBuffer request = ByteBuffer.allocate(16_384);

    private Blaster() {
        byte[] event = ("{\"type\":\"message.posted\",\"room\":\"room500-0\",\"offset\":1234567,\"at\":\"2026-03-02T09:14:07.318Z\","
                + "\"by\":{\"id\":\"user123\",\"name\":\"User user123\"},\"text\":\"" + Stamp.text(System.nanoTime())
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
                // A broken pipe is an end too.
            }
            System.exit(0);
        });
        new Blaster().serve();
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
            // The upgrade request; nobody says anything after it.
            SocketChannel channel = (SocketChannel) key.channel();
            if (channel.read(request.clear()) < 0) {
                channel.close();
            } else {
                channel.write(ByteBuffer.wrap(ANSWER));
                key.interestOps(SelectionKey.OP_WRITE).attach(messages.duplicate());
            }
        } else {
            ByteBuffer mine = (ByteBuffer) key.attachment();
            ((SocketChannel) key.channel()).write(mine);
            if (!mine.hasRemaining()) {
                mine.rewind();
            }
        }
    }
}
