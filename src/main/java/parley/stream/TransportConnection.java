package parley.stream;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import org.glassfish.grizzly.nio.NIOConnection;
import org.glassfish.grizzly.utils.IdleTimeoutFilter;
import parley.http.GrizzlyRequest;

/**
 * The TCP connection under a stream, as far as the server shows it: on Payara and GlassFish. By default the server buffers megabytes for a
 * client that does not read, although a stream keeps its backlog itself. Over HTTP/2 other requests share the connection, and the server
 * closes it if it is quiet for some seconds.
 */
interface TransportConnection {

    /** A stream begins: the server buffers only some kilobytes for this client, and keeps the connection between two comments. */
    void begin();

    /** The stream ends: the next request over this connection finds it as it was. */
    void end();

    /** Ends the connection with everything that the server still buffers, unless other requests share it. */
    void abort();

    /**
     * Whether the client has ended the connection, or sent something during the response, which no client of HTTP/1.1 may expect to work.
     * The server itself reads nothing from a client whose request it is still answering.
     */
    boolean hasLeft();

    /** The connection of this request. */
    static TransportConnection of(HttpServletRequest request) {
        try {
            return OnGrizzly.of(request).orElse(UNKNOWN);
        } catch (LinkageError otherServer) {
            Logger.getLogger(TransportConnection.class.getName()).log(Level.FINE, "This server has no Grizzly", otherServer);
            return UNKNOWN;
        }
    }

    /** A connection that the server does not show. */
    TransportConnection UNKNOWN = new TransportConnection() {
        @Override
        public void begin() {
        }

        @Override
        public void end() {
        }

        @Override
        public void abort() {
        }

        @Override
        public boolean hasLeft() {
            return false;
        }
    };

    /** A connection of Grizzly. */
    final class OnGrizzly implements TransportConnection {
        private static final int MOST_BUFFERED = 1 << 16;
        private static final long LONGEST_QUIET_SECONDS = 60;

        private final Connection<?> connection;
        private final boolean shared;
        private final int bufferedBefore;

        private OnGrizzly(Connection<?> connection, boolean shared) {
            this.connection = connection;
            this.shared = shared;
            bufferedBefore = connection.getMaxAsyncWriteQueueSize();
        }

        static Optional<TransportConnection> of(HttpServletRequest request) {
            // The second: the request that asks for an upgrade to HTTP/2 and is answered over it.
            boolean shared = !request.getProtocol().startsWith("HTTP/1") || request.getHeader("HTTP2-Settings") != null;
            return GrizzlyRequest.context(request).map(FilterChainContext::getConnection)
                    .map(connection -> new OnGrizzly(connection, shared));
        }

        // Over HTTP/1, the server closes a quiet connection only between two requests.
        @Override
        public void begin() {
            if (shared) {
                IdleTimeoutFilter.setCustomTimeout(connection, LONGEST_QUIET_SECONDS, TimeUnit.SECONDS);
            } else {
                connection.setMaxAsyncWriteQueueSize(MOST_BUFFERED);
            }
        }

        // A shared connection may carry another stream, so it keeps its time.
        @Override
        public void end() {
            if (!shared) {
                connection.setMaxAsyncWriteQueueSize(bufferedBefore);
            }
        }

        @Override
        public void abort() {
            if (!shared) {
                connection.terminateSilently();
            }
        }

        @Override
        public boolean hasLeft() {
            if (shared || !(connection instanceof NIOConnection nio) || !(nio.getChannel() instanceof SocketChannel channel)) {
                return false;
            }
            try {
                return channel.read(ByteBuffer.allocate(1)) != 0;
            } catch (IOException closed) {
                return true;
            }
        }
    }
}
