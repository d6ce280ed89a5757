package parley.protocol;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.BiFunction;

/** From the fields of a frame to a {@link DocumentCommand}. */
final class DocumentCommandReader {

    private static final int LONGEST_KEY = 64;

    static final Map<String, BiFunction<Long, Fields, Command>> READERS = Map.of(
            DocumentCommand.Open.TYPE, (id, fields) -> new DocumentCommand.Open(id, fields.room("room"), fields.room("document"),
                    fields.number("since", 0, -1)),
            DocumentCommand.Update.TYPE, (id, fields) -> new DocumentCommand.Update(id, fields.room("room"), fields.room("document"),
                    fields.line("key", LONGEST_KEY), fields.base64("update", DocumentCommand.LARGEST_UPDATE)),
            DocumentCommand.Aware.TYPE, (id, fields) -> new DocumentCommand.Aware(id, fields.room("room"), fields.room("document"),
                    data(fields)),
            DocumentCommand.Close.TYPE, (id, fields) -> new DocumentCommand.Close(id, fields.room("room"), fields.room("document")));

    private DocumentCommandReader() {
    }

    private static String data(Fields fields) {
        String data = fields.text("data", DocumentCommand.LARGEST_AWARENESS);
        if (data.getBytes(StandardCharsets.UTF_8).length > DocumentCommand.LARGEST_AWARENESS) {
            fields.wrong(Problem.tooLarge("`data` has more than " + DocumentCommand.LARGEST_AWARENESS + " bytes."));
        }
        return data;
    }
}
