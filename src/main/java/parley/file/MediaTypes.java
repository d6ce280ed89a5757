package parley.file;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;
import org.apache.tika.mime.MediaType;
import org.apache.tika.mime.MimeTypes;

/**
 * The media type of a file, by its first bytes. The name only tells apart kinds of documents that share a container (ZIP, OLE). Safe for
 * every thread.
 */
final class MediaTypes {

    static final String PDF = "application/pdf";
    static final String UNKNOWN = "application/octet-stream";
    /** As many bytes as the longest signature needs. */
    static final int HEAD = 64 * 1024;

    private static final Set<String> PICTURES = Set.of("image/png", "image/jpeg", "image/gif", "image/webp");
    private static final Set<String> PLAYED = Set.of("audio/mpeg", "audio/mp4", "audio/ogg", "audio/wav", "audio/flac", "audio/webm",
            "audio/aac", "video/mp4", "video/webm", "video/ogg", "video/quicktime");
    /** Types that a browser would run if they were served as they are. */
    private static final Set<String> ACTIVE = Set.of("text/html", "application/xhtml+xml", "image/svg+xml", "application/xml", "text/xml",
            "text/css", "application/javascript", "text/javascript", "application/x-javascript", "application/xslt+xml",
            "application/wasm", "application/x-shockwave-flash");
    private static final Set<String> CONTAINERS = Set.of("application/zip", "application/x-tika-ooxml", "application/x-tika-msoffice");
    private static final Map<String, String> USUAL = Map.ofEntries(Map.entry("audio/vnd.wave", "audio/wav"),
            Map.entry("audio/x-wav", "audio/wav"), Map.entry("audio/x-flac", "audio/flac"), Map.entry("audio/x-aac", "audio/aac"),
            Map.entry("application/mp4", "video/mp4"), Map.entry("audio/vorbis", "audio/ogg"), Map.entry("audio/opus", "audio/ogg"),
            Map.entry("audio/speex", "audio/ogg"), Map.entry("application/ogg", "audio/ogg"), Map.entry("video/x-m4v", "video/mp4"),
            Map.entry("video/theora", "video/ogg"));

    private final MimeTypes signatures = MimeTypes.getDefaultMimeTypes();

    /**
     * The type of a file.
     *
     * @param head its first {@link #HEAD} bytes, or all of them
     * @param name as it is shown
     */
    String of(byte[] head, String name) {
        if (head.length == 0) {
            return UNKNOWN;
        }
        String type = detect(head, new Metadata());
        if (CONTAINERS.contains(type)) {
            Metadata named = new Metadata();
            named.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
            return detect(head, named);
        }
        if (type.equals("application/x-matroska") || type.equals("video/webm") || type.equals("video/x-matroska")) {
            return matroska(head);
        }
        String usual = USUAL.getOrDefault(type, type);
        return usual.equals("video/mp4") && hasSoundAlone(head) ? "audio/mp4" : usual;
    }

    /** Whether people see it as a picture. */
    static boolean isPicture(String type) {
        return PICTURES.contains(type);
    }

    /** Whether browsers play it. */
    static boolean isPlayed(String type) {
        return PLAYED.contains(type);
    }

    /** The type for the header of a response: one that nothing runs. */
    static String harmless(String type) {
        return ACTIVE.contains(type) || type.endsWith("+xml") ? UNKNOWN : type;
    }

    private String detect(byte[] head, Metadata metadata) {
        try {
            MediaType type = signatures.detect(new ByteArrayInputStream(head), metadata);
            return type.getBaseType().toString().toLowerCase(Locale.ROOT);
        } catch (IOException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // Some browsers record sound into MP4. The kind of each track is a name in the head (ISO/IEC 14496-12, section 8.4.3).
    private static boolean hasSoundAlone(byte[] head) {
        String names = new String(head, StandardCharsets.ISO_8859_1);
        return names.contains("soun") && !names.contains("vide");
    }

    // What browsers record. The kind of container and the codecs are names in its head.
    private static String matroska(byte[] head) {
        String names = new String(head, StandardCharsets.ISO_8859_1);
        if (!names.substring(0, Math.min(64, names.length())).contains("webm")) {
            return "video/x-matroska";
        }
        return names.contains("V_VP") || names.contains("V_AV1") || !names.contains("A_") ? "video/webm" : "audio/webm";
    }
}
