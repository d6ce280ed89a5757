package parley.stream;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.grizzly.Connection;
import org.glassfish.grizzly.filterchain.FilterChainContext;
import parley.http.GrizzlyRequest;

/**
 * The TCP connection under an HTTP/1 stream, as far as the server shows it: on Payara and GlassFish. By default the server buffers
 * megabytes for a client that does not read; a stream keeps its backlog itself. Over HTTP/2 other requests share the connection, so it
 * stays as it is.
 */
interface TransportConnection {

    /** The server buffers only a few kilobytes for this client. */
    void limitBuffer();

    /** The next request over this connection finds it as it was. */
    void restoreBuffer();

    /** Ends the connection with everything that the server still buffers. */
    void abort();

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
        public void limitBuffer() {
        }

        @Override
        public void restoreBuffer() {
        }

        @Override
        public void abort() {
        }
    };

    /** A connection of Grizzly. */
    final class OnGrizzly implements TransportConnection {
        private static final int MOST_BUFFERED = 1 << 16;

        private final Connection<?> connection;
        private final int before;

        private OnGrizzly(Connection<?> connection) {
            this.connection = connection;
            before = connection.getMaxAsyncWriteQueueSize();
        }

        static Optional<TransportConnection> of(HttpServletRequest request) {
            return request.getProtocol().startsWith("HTTP/1") ? GrizzlyRequest.context(request).map(FilterChainContext::getConnection)
                    .map(OnGrizzly::new) : Optional.empty();
        }

        @Override
        public void limitBuffer() {
            connection.setMaxAsyncWriteQueueSize(MOST_BUFFERED);
        }

        @Override
        public void restoreBuffer() {
            connection.setMaxAsyncWriteQueueSize(before);
        }

        @Override
        public void abort() {
            connection.terminateSilently();
        }
    }
}
