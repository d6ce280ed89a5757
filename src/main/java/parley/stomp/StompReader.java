package parley.stomp;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import parley.protocol.Codec;
import parley.protocol.Problem;

/**
 * Reads the frames of one client (STOMP 1.2, "Augmented BNF"). A frame may come in any number of WebSocket messages, and a message may hold
 * several frames. Reads each byte once, and keeps nothing between two frames. For one thread at a time.
 *
 * <p>Bounds: a frame has at most {@link Codec#LARGEST_FRAME} bytes, {@link #MOST_HEADERS} headers, and {@link #LONGEST_LINE} bytes in a
 * header. A frame that breaks a bound or the grammar is a problem, and nothing is read after it.
 */
final class StompReader {

    /** The most headers of a frame, repeated ones included. */
    static final int MOST_HEADERS = 32;
    /** The most bytes of a header, with its name. The longest is a token. */
    static final int LONGEST_LINE = 16_384;

    private static final int LONGEST_COMMAND = 16;
    private static final int LONGEST_LENGTH = 5;
    private static final int UNKNOWN = -1;

    private enum State { BETWEEN, COMMAND, HEADERS, BODY, BROKEN }

    private State state = State.BETWEEN;
    private ByteArrayOutputStream part;
    private String command;
    private Map<String, String> headers;
    private int headerCount;
    private int bytes;
    private int bodyLength;
    private Problem problem;

    /** Passes each complete frame to the consumer, in order. Returns the problem of the first broken frame, if there is one. */
    Optional<Problem> read(byte[] input, Consumer<StompFrame> frames) {
        for (int i = 0; i < input.length && state != State.BROKEN; i++) {
            take(input[i], frames);
        }
        return Optional.ofNullable(problem);
    }

    /** The header {@code receipt} of the broken frame, if it was read. */
    Optional<String> receipt() {
        return headers == null ? Optional.empty() : Optional.ofNullable(headers.get("receipt"));
    }

    private void take(byte next, Consumer<StompFrame> frames) {
        if (state == State.BETWEEN) {
            // Line breaks between frames are heart-beats. A carriage return belongs to the line break that follows it.
            if (next == '\n' || next == '\r') {
                return;
            }
            begin();
        }
        if (++bytes > Codec.LARGEST_FRAME) {
            broken(Problem.tooLarge("A frame has at most " + Codec.LARGEST_FRAME + " bytes."));
        } else if (state == State.BODY) {
            body(next, frames);
        } else if (next == '\n') {
            line();
        } else if (next == 0) {
            broken(Problem.badRequest("An empty line must come before the body."));
        } else {
            part.write(next);
            boolean isCommand = state == State.COMMAND;
            if (part.size() > (isCommand ? LONGEST_COMMAND : LONGEST_LINE)) {
                broken(isCommand ? Problem.badRequest("Unknown STOMP command.")
                        : Problem.tooLarge("A header has at most " + LONGEST_LINE + " bytes."));
            }
        }
    }

    private void begin() {
        state = State.COMMAND;
        part = new ByteArrayOutputStream();
        headers = new HashMap<>();
        headerCount = 0;
        bytes = 0;
        bodyLength = UNKNOWN;
    }

    private void line() {
        byte[] line = part.toByteArray();
        part.reset();
        int length = line.length > 0 && line[line.length - 1] == '\r' ? line.length - 1 : line.length;
        for (int i = 0; i < length; i++) {
            if (line[i] == '\r') {
                broken(Problem.badRequest("A carriage return must be followed by a line feed."));
                return;
            }
        }
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line, 0, length)).toString();
        } catch (CharacterCodingException notText) {
            broken(Problem.badRequest("Headers must be UTF-8."));
            return;
        }
        if (state == State.COMMAND) {
            command = text;
            state = State.HEADERS;
        } else if (text.isEmpty()) {
            beginBody();
        } else {
            header(text);
        }
    }

    // The specification wants colons in values escaped. A plain one is accepted: it is unambiguous, and people write frames by hand.
    private void header(String line) {
        int colon = line.indexOf(':');
        if (colon < 1) {
            broken(Problem.badRequest("A header must be a name, a colon and a value."));
        } else if (++headerCount > MOST_HEADERS) {
            broken(Problem.tooLarge("A frame has at most " + MOST_HEADERS + " headers."));
        } else {
            Optional<String> name = unescape(line.substring(0, colon));
            Optional<String> value = unescape(line.substring(colon + 1));
            if (name.isEmpty() || value.isEmpty()) {
                broken(Problem.badRequest("A header has an unknown escape sequence. Allowed: \\r, \\n, \\c and \\\\."));
            } else {
                headers.putIfAbsent(name.get(), value.get());
            }
        }
    }

    private Optional<String> unescape(String text) {
        if (text.indexOf('\\') < 0 || isConnect(command)) {
            return Optional.of(text);
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (next == '\\') {
                i++;
                next = switch (i < text.length() ? text.charAt(i) : 0) {
                    case 'r' -> '\r';
                    case 'n' -> '\n';
                    case 'c' -> ':';
                    case '\\' -> '\\';
                    default -> 0;
                };
                if (next == 0) {
                    return Optional.empty();
                }
            }
            plain.append(next);
        }
        return Optional.of(plain.toString());
    }

    /** Whether a frame with this command opens the conversation. Older clients send {@code CONNECT}. */
    static boolean isConnect(String command) {
        return command.equals("CONNECT") || command.equals("STOMP");
    }

    private void beginBody() {
        String length = headers.get("content-length");
        if (length != null) {
            if (length.isEmpty() || length.length() > LONGEST_LENGTH || !length.chars().allMatch(c -> c >= '0' && c <= '9')) {
                broken(Problem.badRequest("`content-length` must be a number of at most " + LONGEST_LENGTH + " digits."));
                return;
            }
            bodyLength = Integer.parseInt(length);
        }
        state = State.BODY;
    }

    private void body(byte next, Consumer<StompFrame> frames) {
        if (bodyLength == UNKNOWN ? next != 0 : part.size() < bodyLength) {
            part.write(next);
        } else if (next != 0) {
            broken(Problem.badRequest("The body is longer than `content-length`."));
        } else {
            StompFrame frame = new StompFrame(command, headers, part.toByteArray());
            state = State.BETWEEN;
            part = null;
            headers = null;
            command = null;
            frames.accept(frame);
        }
    }

    private void broken(Problem what) {
        problem = what;
        state = State.BROKEN;
        part = null;
    }
}
