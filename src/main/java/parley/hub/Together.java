package parley.hub;

import java.util.List;
import parley.journal.LoggedFrame;
import parley.protocol.Encoding;

/** The frames of one batch as one array, made once for each encoding that a subscription needs. Guarded by its feed. */
final class Together {

    private static final int ENCODINGS = Encoding.values().length;

    private final List<LoggedFrame> frames;
    private final byte[][] arrays = new byte[ENCODINGS][];

    Together(List<LoggedFrame> frames) {
        this.frames = frames;
    }

    byte[] in(Encoding encoding) {
        if (arrays[encoding.ordinal()] == null) {
            arrays[encoding.ordinal()] = join(encoding);
        }
        return arrays[encoding.ordinal()];
    }

    private byte[] join(Encoding encoding) {
        if (frames.size() == 1) {
            return frames.getFirst().frame().bytes(encoding);
        }
        byte[] together = new byte[frames.stream().mapToInt(logged -> logged.frame().bytes(encoding).length).sum()];
        int at = 0;
        for (LoggedFrame logged : frames) {
            byte[] bytes = logged.frame().bytes(encoding);
            System.arraycopy(bytes, 0, together, at, bytes.length);
            at += bytes.length;
        }
        return together;
    }
}
