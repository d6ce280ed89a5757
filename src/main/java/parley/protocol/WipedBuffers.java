package parley.protocol;

import java.util.Arrays;
import tools.jackson.core.util.BufferRecycler;
import tools.jackson.core.util.RecyclerPool;

/** The buffers of a JSON mapper, wiped when they are given back: a buffer that waits for its next use must not keep a deleted text. */
public final class WipedBuffers extends RecyclerPool.ConcurrentDequePoolBase<BufferRecycler> {

    private static final long serialVersionUID = 1;

    /** A pool without buffers. */
    public WipedBuffers() {
        // An identity for serialization, which nothing uses.
        super(1);
    }

    @Override
    public BufferRecycler createPooled() {
        return new Wiped();
    }

    /** The buffers of one reader or writer. */
    private static final class Wiped extends BufferRecycler {

        @Override
        public void releaseCharBuffer(int kind, char[] buffer) {
            Arrays.fill(buffer, '\0');
            super.releaseCharBuffer(kind, buffer);
        }

        @Override
        public void releaseByteBuffer(int kind, byte[] buffer) {
            Arrays.fill(buffer, (byte) 0);
            super.releaseByteBuffer(kind, buffer);
        }
    }
}
