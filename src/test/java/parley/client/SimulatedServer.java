package parley.client;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import parley.kit.RawFrame;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/** A server on a real socket that sends what a test wants. It answers only the client's command {@code ping} by itself. */
final class SimulatedServer implements AutoCloseable {

    private static final String ACCEPT_GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final JsonMapper JSON = new JsonMapper();
    private static final CBORMapper CBOR = new CBORMapper();
    private static final long PATIENCE = 10;

    private final ServerSocket listening;
    private final BlockingQueue<Peer> peers = new LinkedBlockingQueue<>();
    /** The status lines and headers with which the next handshakes are refused. */
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    SimulatedServer() {
        this(ServerSocketFactory.getDefault());
    }

    SimulatedServer(ServerSocketFactory sockets) {
        try {
            listening = sockets.createServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI address(String scheme) {
        return URI.create(scheme + "://localhost:" + listening.getLocalPort() + "/parley");
    }

    URI address() {
        return address("http");
    }

    /** Refuses the next handshake with this status and these header lines. */
    void refuses(String statusAndHeaders) {
        refusals.add(statusAndHeaders);
    }

    /** The next connection, after its handshake. */
    Peer next() {
        return take(peers, "a connection");
    }

    /** The next connection, which was greeted. */
    Peer greets() {
        return next().hello(25_000, Duration.ofHours(1));
    }

    boolean hasNoConnectionWithin(Duration time) throws InterruptedException {
        return peers.poll(time.toMillis(), TimeUnit.MILLISECONDS) == null;
    }

    private static <T> T take(BlockingQueue<T> queue, String wanted) {
        try {
            T taken = queue.poll(PATIENCE, TimeUnit.SECONDS);
            if (taken == null) {
                throw new AssertionError("Waited for " + wanted);
            }
            return taken;
        } catch (InterruptedException stopped) {
            throw new AssertionError(stopped);
        }
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket socket = listening.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try {
            DataInputStream input = new DataInputStream(socket.getInputStream());
            String head = head(input);
            String refusal = refusals.poll();
            if (refusal != null) {
                socket.getOutputStream().write(("HTTP/1.1 " + refusal + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                socket.close();
                return;
            }
            String key = header(head, "Sec-WebSocket-Key");
            String dialect = header(head, "Sec-WebSocket-Protocol").split(",")[0].strip();
            socket.getOutputStream().write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Protocol: " + dialect + "\r\nSec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            Peer peer = new Peer(socket, header(head, "Authorization"), dialect.endsWith(".cbor"));
            peers.add(peer);
            peer.read(input);
        } catch (IOException gone) {
            // The client or the test ended it.
        }
    }

    private static String head(DataInputStream input) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = input.read();
            if (next < 0) {
                throw new IOException("No whole request");
            }
            head.append((char) next);
        }
        return head.toString();
    }

    private static String header(String head, String name) {
        return head.lines().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1)).findFirst()
                .map(line -> line.substring(name.length() + 1).strip()).orElse("");
    }

    private static String accept(String key) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-1")
                    .digest((key + ACCEPT_GUID).getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError(impossible);
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        peers.forEach(Peer::drops);
    }

    /** The server's side of one connection. */
    static final class Peer {

        private final Socket socket;
        private final String authorization;
        private final boolean binary;
        private final BlockingQueue<JsonNode> commands = new LinkedBlockingQueue<>();
        private final BlockingQueue<Integer> closes = new LinkedBlockingQueue<>();
        private volatile boolean silent;

        Peer(Socket socket, String authorization, boolean binary) {
            this.socket = socket;
            this.binary = binary;
            this.authorization = authorization;
        }

        String token() {
            return authorization.substring("Bearer ".length());
        }

        Peer hello(long heartbeat, Duration expiresIn) {
            return says(("{'type':'hello','session':'s','user':{'id':'bot','name':'Bot'},'node':'one','heartbeat':%d,'now':'%s',"
                    + "'expiresIn':%d,'features':[],'limits':{'frame':65536,'text':4000,'subscriptions':128}}")
                    .formatted(heartbeat, Instant.now().plusSeconds(60), expiresIn.toMillis()));
        }

        /** Answers not even {@code ping}. */
        Peer isSilent() {
            silent = true;
            return this;
        }

        /** Sends a frame in the dialect that the client prefers; ' stands for ". */
        Peer says(String json) {
            String frame = json.replace('\'', '"');
            return sends(binary ? RawFrame.of(RawFrame.FIN | RawFrame.BINARY, CBOR.writeValueAsBytes(JSON.readTree(frame)))
                    : RawFrame.text(frame));
        }

        Peer sends(RawFrame frame) {
            return sends(frame.unmasked().encoded());
        }

        synchronized Peer sends(byte[] bytes) {
            try {
                OutputStream output = socket.getOutputStream();
                output.write(bytes);
                output.flush();
                return this;
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }

        /** The next command, which has this type. */
        JsonNode receives(String type) {
            JsonNode command = take(commands, type);
            if (!command.path("type").asString("").equals(type)) {
                throw new AssertionError("Expected " + type + ", but the client sent " + command);
            }
            return command;
        }

        boolean receivesNothingWithin(Duration time) throws InterruptedException {
            JsonNode command = commands.poll(time.toMillis(), TimeUnit.MILLISECONDS);
            if (command != null) {
                throw new AssertionError("The client sent " + command);
            }
            return true;
        }

        Peer accepts(JsonNode command, String ok) {
            return says("{'re':" + command.get("id").longValue() + ",'ok':" + ok + "}");
        }

        Peer refuses(JsonNode command, String code, boolean temporary, long retryAfter) {
            return says("{'re':" + command.get("id").longValue() + ",'error':{'code':'" + code + "','message':'No.','temporary':"
                    + temporary + (retryAfter > 0 ? ",'retryAfter':" + retryAfter : "") + "}}");
        }

        Peer posted(String room, long offset, String text) {
            return says("{'type':'message.posted','room':'" + room + "','offset':" + offset + ",'at':'2026-01-01T11:00:00.000Z',"
                    + "'by':{'id':'alice','name':'Alice'},'text':'" + text + "','key':'k" + offset + "'}");
        }

        /** Takes the subscription to a room at this offset. */
        Peer subscribes(String room, long offset) {
            JsonNode command = receives("subscribe");
            return accepts(command, "{'room':'" + room + "','epoch':'e','offset':" + offset
                    + ",'role':'member','recovered':false,'asOf':" + offset + ",'messages':[],'online':[]}");
        }

        Peer closes(int code, String reason) {
            byte[] why = reason.getBytes(StandardCharsets.UTF_8);
            byte[] content = new byte[2 + why.length];
            content[0] = (byte) (code >> 8);
            content[1] = (byte) code;
            System.arraycopy(why, 0, content, 2, why.length);
            return sends(RawFrame.of(RawFrame.FIN | RawFrame.CLOSE, content));
        }

        /** Ends the connection without a goodbye. */
        void drops() {
            try {
                socket.close();
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
        }

        /** The code of the close frame that the client sent. */
        int closeCode() {
            return take(closes, "a close frame");
        }

        private void read(DataInputStream input) throws IOException {
            while (true) {
                int head = input.readUnsignedByte();
                int lengthCode = input.readUnsignedByte() & 0x7f;
                int length = lengthCode < 126 ? lengthCode : lengthCode == 126 ? input.readUnsignedShort() : (int) input.readLong();
                byte[] mask = input.readNBytes(4);
                byte[] payload = input.readNBytes(length);
                for (int i = 0; i < payload.length; i++) {
                    payload[i] ^= mask[i % 4];
                }
                received(new RawFrame(head, true, length, payload));
            }
        }

        private void received(RawFrame frame) {
            switch (frame.opcode()) {
                case RawFrame.TEXT -> command(JSON.readTree(frame.text()));
                case RawFrame.BINARY -> command(CBOR.readTree(frame.payload()));
                case RawFrame.CLOSE -> closes.add(frame.closeCode());
                default -> { }
            }
        }

        private void command(JsonNode command) {
            if (!command.path("type").asString("").equals("ping")) {
                commands.add(command);
            } else if (!silent) {
                accepts(command, "{}");
            }
        }
    }
}
