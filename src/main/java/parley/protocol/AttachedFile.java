package parley.protocol;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.JsonNode;

/**
 * A file as the message that carries it shows it.
 *
 * @param name for people; nothing else may depend on it
 * @param type the media type that the bytes have
 * @param size in bytes
 * @param width of a picture in pixels, 0 if it is none
 * @param height of a picture in pixels, 0 if it is none
 * @param thumbnail whether there is a small picture of it
 */
public record AttachedFile(String id, String name, String type, long size, int width, int height, boolean thumbnail) {

    /** The most files of a message, whatever the settings say. */
    public static final int MOST = 10;
    /** The longest id of a file. */
    static final int LONGEST_ID = 32;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

    /** Whether this may be a file's id. */
    public static boolean isId(String id) {
        return ID.matcher(id).matches();
    }

    /** The names of these files, in place of a text where a message has none. */
    public static String names(List<AttachedFile> files) {
        return files.stream().map(AttachedFile::name).collect(Collectors.joining(", "));
    }

    static void write(JsonGenerator json, List<AttachedFile> files) {
        if (files.isEmpty()) {
            return;
        }
        json.writeArrayPropertyStart("files");
        for (AttachedFile file : files) {
            json.writeStartObject();
            json.writeStringProperty("id", file.id);
            json.writeStringProperty("name", file.name);
            json.writeStringProperty("type", file.type);
            json.writeNumberProperty("size", file.size);
            FrameWriter.number(json, "width", file.width);
            FrameWriter.number(json, "height", file.height);
            FrameWriter.flag(json, "thumbnail", file.thumbnail);
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** The files of an event. */
    static List<AttachedFile> read(JsonNode event) {
        return event.path("files").valueStream().map(file -> new AttachedFile(file.get("id").stringValue(), file.get("name").stringValue(),
                file.get("type").stringValue(), file.get("size").longValue(), file.path("width").intValue(0),
                file.path("height").intValue(0), file.path("thumbnail").booleanValue(false))).toList();
    }
}
