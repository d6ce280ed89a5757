package parley.extract;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Text in UTF-8, in UTF-16 with a byte order mark, or otherwise in Windows-1252. */
final class PlainText {

    private static final Charset WESTERN = Charset.forName("windows-1252");
    /** The most bytes of a character in any of these. */
    private static final int LONGEST = 4;
    private static final int MARK = 0xfeff;

    private PlainText() {
    }

    static void read(byte[] file, BoundedText into) throws IOException {
        // White space is not counted yet, so there may be more of it than text.
        ByteBuffer bytes = ByteBuffer.wrap(file, 0, Math.min(file.length, 2 * LONGEST * BoundedText.MOST));
        into.write(decoded(bytes).toString());
    }

    private static CharBuffer decoded(ByteBuffer bytes) throws CharacterCodingException {
        int mark = bytes.remaining() < 2 ? 0 : bytes.getChar(0);
        if (mark == MARK || mark == Character.reverseBytes((char) MARK)) {
            return decoded(bytes, StandardCharsets.UTF_16, CodingErrorAction.REPLACE);
        }
        try {
            return decoded(bytes.duplicate(), StandardCharsets.UTF_8, CodingErrorAction.REPORT);
        } catch (CharacterCodingException otherwise) {
            return decoded(bytes, WESTERN, CodingErrorAction.REPLACE);
        }
    }

    // The last character may be cut in the middle.
    private static CharBuffer decoded(ByteBuffer bytes, Charset charset, CodingErrorAction malformed) throws CharacterCodingException {
        CharBuffer text = CharBuffer.allocate(bytes.remaining() + 1);
        var result = charset.newDecoder().onMalformedInput(malformed).onUnmappableCharacter(malformed).decode(bytes, text, false);
        if (result.isError()) {
            result.throwException();
        }
        return text.flip();
    }
}
