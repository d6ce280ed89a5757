package parley.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import parley.protocol.Codec;
import parley.protocol.Fields;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import tools.jackson.databind.node.JsonNodeFactory;

/** The rules for the body of a request: at most {@link Codec#LARGEST_FRAME} bytes of UTF-8, and one JSON object where fields are read. */
public final class RequestBody {

    /** In bytes. */
    static final int LARGEST = Codec.LARGEST_FRAME;

    private RequestBody() {
    }

    /** Reads a body, and no more of it than shows that it is too large. Waits for the client. */
    public static byte[] read(InputStream body) throws IOException {
        return body.readNBytes(LARGEST + 1);
    }

    /** What is wrong with these bytes as a body. */
    public static Optional<Problem> problem(byte[] body) {
        if (body.length > LARGEST) {
            return Optional.of(tooLarge());
        }
        return TextRules.isUtf8(body, 0, body.length) ? Optional.empty() : Optional.of(Problem.badRequest("The body is not UTF-8."));
    }

    /** The fields of a JSON object; where the body is something else, they have that as their problem. */
    public static Fields fields(String body) {
        return Codec.fields(body).orElseGet(() -> none(Problem.badRequest("The body must be one JSON object.")));
    }

    /** The same, with the problem of the bytes where they have one. */
    public static Fields fields(byte[] body) {
        return problem(body).map(RequestBody::none).orElseGet(() -> fields(new String(body, StandardCharsets.UTF_8)));
    }

    static Problem tooLarge() {
        return Problem.tooLarge("A body has at most " + LARGEST + " bytes.");
    }

    private static Fields none(Problem why) {
        Fields none = new Fields(JsonNodeFactory.instance.objectNode());
        none.wrong(why);
        return none;
    }
}
