package parley.socket;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Arrays;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.hub.Wire;

/**
 * The two streams of an upgraded connection. The container hands them to other clients once the connection has ended: who
 * touches them holds this object's lock and looks first whether they are ours still. Nobody waits for the peer while
 * holding it.
 */
final class TyrusWire implements Wire, WriteListener {

    private static final Logger LOG = Logger.getLogger(TyrusWire.class.getName());
    private static final int MOST_AT_ONCE = 1 << 16;
    private static final byte[] NOTHING = {};

    private final WebConnection web;
    private final ServletInputStream in;
    private final ServletOutputStream out;
    private Runnable ready;

    // All below are guarded by this.
    private boolean peerIsDone;
    private boolean lastIsSent;
    private boolean released;

    TyrusWire(WebConnection web) throws IOException {
        this.web = web;
        in = web.getInputStream();
        out = web.getOutputStream();
    }

    @Override
    public void begin(Runnable whenReady) {
        ready = whenReady;
        out.setWriteListener(this);
    }

    @Override
    public synchronized Taken send(byte[] frames, int count) {
        if (released) {
            return Taken.GONE;
        }
        try {
            // The container said that it is ready, else the outbox would not have come: so this writes without waiting.
            out.write(frames, 0, count);
            out.flush();
            return out.isReady() ? Taken.READY : Taken.BUSY;
        } catch (IOException | RuntimeException broken) {
            LOG.log(Level.FINE, "A connection broke while it was written to", broken);
            return Taken.GONE;
        }
    }

    /** What has come, {@value #MOST_AT_ONCE} bytes at most; nothing when there is no more now and the container will say when there is. */
    synchronized byte[] receive() throws IOException {
        if (released || !in.isReady()) {
            return NOTHING;
        }
        byte[] bytes = new byte[Math.clamp(in.available(), 1, MOST_AT_ONCE)];
        int count = Math.max(0, in.read(bytes));
        return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
    }

    /** Notes that the peer's close frame came; answers whether ours went before it. */
    synchronized boolean peerIsDone() {
        peerIsDone = true;
        return lastIsSent;
    }

    @Override
    public void end() {
        if (sentTheLast()) {
            abort();
        }
    }

    private synchronized boolean sentTheLast() {
        lastIsSent = true;
        return peerIsDone;
    }

    @Override
    public void abort() {
        if (!release()) {
            return;
        }
        try {
            web.close();
        } catch (Exception broken) {
            LOG.log(Level.FINE, "A connection did not end in order", broken);
        }
    }

    /** Lets go of the streams; answers whether they were ours until now. After this nothing is read or written any more. */
    synchronized boolean release() {
        boolean ours = !released;
        released = true;
        return ours;
    }

    @Override
    public void onWritePossible() {
        ready.run();
    }

    @Override
    public void onError(Throwable broken) {
        // The next write finds it broken.
        ready.run();
    }
}
