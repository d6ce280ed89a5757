package parley.journal;

import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.RandomAccess;
import parley.protocol.Frame;

/**
 * Consecutive frames as another instance sent them, in UTF-8. A frame is decoded when it is first needed, which it never is in a room that
 * nobody here listens to. Holds the bytes of the whole message: copy the list to keep it. Safe for every thread.
 */
public final class EncodedFrames extends AbstractList<LoggedFrame> implements RandomAccess {

    private final long first;
    private final byte[] content;
    private final int[] from;
    private final int[] lengths;
    // Two threads may decode a frame at once, to the same result.
    private final LoggedFrame[] decoded;

    /**
     * @param first the offset of the first frame
     * @param content holds all frames; must not be changed
     * @param from where each frame begins in it
     * @param lengths how many bytes each frame has
     */
    public EncodedFrames(long first, byte[] content, int[] from, int[] lengths) {
        this.first = first;
        this.content = content;
        this.from = from;
        this.lengths = lengths;
        decoded = new LoggedFrame[from.length];
    }

    /** Whether one of these frames contains a word of ASCII characters. Decodes nothing. */
    public static boolean contain(List<LoggedFrame> frames, String word) {
        return frames instanceof EncodedFrames encoded ? encoded.contain(word.getBytes(StandardCharsets.US_ASCII))
                : frames.stream().anyMatch(logged -> logged.frame().text().contains(word));
    }

    private boolean contain(byte[] word) {
        for (int frame = 0; frame < from.length; frame++) {
            int last = from[frame] + lengths[frame] - word.length;
            for (int at = from[frame]; at <= last; at++) {
                if (startsWith(word, at)) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean startsWith(byte[] word, int at) {
        int matching = 0;
        while (matching < word.length && content[at + matching] == word[matching]) {
            matching++;
        }
        return matching == word.length;
    }

    /** How many frames were decoded so far. */
    public int decoded() {
        int count = 0;
        for (LoggedFrame frame : decoded) {
            count += frame == null ? 0 : 1;
        }
        return count;
    }

    @Override
    public LoggedFrame get(int index) {
        LoggedFrame known = decoded[Objects.checkIndex(index, from.length)];
        if (known == null) {
            known = new LoggedFrame(first + index, new Frame(new String(content, from[index], lengths[index], StandardCharsets.UTF_8)));
            decoded[index] = known;
        }
        return known;
    }

    @Override
    public int size() {
        return from.length;
    }
}
