package parley.socket;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.WebConnection;
import jakarta.websocket.CloseReason;
import java.io.IOException;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.glassfish.tyrus.servlet.TyrusHttpUpgradeHandler;
import org.glassfish.tyrus.spi.Connection;
import org.glassfish.tyrus.spi.WebSocketEngine;
import org.glassfish.tyrus.spi.Writer;
import parley.protocol.CloseCode;

/** The container's handler of an upgraded connection, fed through a {@link FrameGuard}. The container makes one a connection. */
public class GuardedUpgrade extends TyrusHttpUpgradeHandler {

    private static final Logger LOG = Logger.getLogger(GuardedUpgrade.class.getName());

    private volatile Connection connection;

    @Override
    public void preInit(WebSocketEngine.UpgradeInfo info, Writer writer, boolean authenticated) {
        super.preInit(new WebSocketEngine.UpgradeInfo() {
            @Override
            public WebSocketEngine.UpgradeStatus getStatus() {
                return info.getStatus();
            }

            @Override
            public Connection createConnection(Writer under, Connection.CloseListener closed) {
                connection = info.createConnection(under, closed);
                return connection;
            }
        }, writer, authenticated);
    }

    @Override
    public void init(WebConnection web) {
        super.init(new WebConnection() {
            @Override
            public ServletInputStream getInputStream() throws IOException {
                return new GuardedInput(web.getInputStream());
            }

            @Override
            public ServletOutputStream getOutputStream() throws IOException {
                return web.getOutputStream();
            }

            @Override
            public void close() throws Exception {
                web.close();
            }
        });
    }

    private void refuse(CloseCode code) {
        LOG.log(Level.INFO, "A connection is closed with {0} for a frame that must not get through", code.code());
        connection.close(new CloseReason(CloseReason.CloseCodes.getCloseCode(code.code()), "frame refused"));
    }

    /** Passes on what the guard lets through; after a refusal it swallows the rest, so that the close frame is not lost to a reset. */
    private final class GuardedInput extends ServletInputStream {
        private final ServletInputStream in;
        private final FrameGuard guard = new FrameGuard();
        private boolean refused;

        GuardedInput(ServletInputStream in) {
            this.in = in;
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            int got = in.read(bytes, from, count);
            if (got <= 0 || refused) {
                return refused ? 0 : got;
            }
            Optional<CloseCode> wrong = guard.check(bytes, from, got);
            if (wrong.isEmpty()) {
                return got;
            }
            refused = true;
            refuse(wrong.get());
            return 0;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) <= 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int available() throws IOException {
            return in.available();
        }

        @Override
        public boolean isFinished() {
            return in.isFinished();
        }

        @Override
        public boolean isReady() {
            return in.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            in.setReadListener(listener);
        }
    }
}
