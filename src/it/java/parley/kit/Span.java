package parley.kit;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * A span as exported with OTLP ({@code opentelemetry/proto/trace/v1/trace.proto}).
 *
 * @param parent the span id of the parent; empty for a root
 * @param start  nanoseconds since 1970, as {@code end}
 * @param failed whether the status is an error
 * @param attributes texts and whole numbers; other values are left out
 */
public record Span(String trace, String id, String parent, String name, long start, long end, boolean failed,
                   Map<String, String> attributes) {

    private static final int ERROR = 2;
    private static final int VARINT = 0;
    private static final int EIGHT_BYTES = 1;
    private static final int LENGTH_DELIMITED = 2;

    /** Whether this span has no parent. */
    public boolean isRoot() {
        return parent.isEmpty();
    }

    /** Whether this span lies within the time of another one. */
    public boolean isWithin(Span other) {
        return start >= other.start && end <= other.end && start <= end;
    }

    /** Reads an {@code ExportTraceServiceRequest}. */
    static List<Span> ofRequest(byte[] request) {
        List<Span> spans = new ArrayList<>();
        for (Field resourceSpans : fields(ByteBuffer.wrap(request), 1)) {
            for (Field scopeSpans : fields(resourceSpans.bytes, 2)) {
                fields(scopeSpans.bytes, 2).forEach(span -> spans.add(of(span.bytes)));
            }
        }
        return spans;
    }

    private static Span of(ByteBuffer span) {
        Map<String, String> attributes = new HashMap<>();
        for (Field attribute : fields(span, 9)) {
            ByteBuffer value = first(attribute.bytes, 2).bytes;
            fields(value, 1).forEach(text -> attributes.put(first(attribute.bytes, 1).text(), text.text()));
            fields(value, 3).forEach(whole -> attributes.put(first(attribute.bytes, 1).text(), "" + whole.number));
        }
        boolean failed = fields(span, 15).stream()
                .flatMap(status -> fields(status.bytes, 3).stream()).anyMatch(code -> code.number == ERROR);
        return new Span(first(span, 1).hex(), first(span, 2).hex(), first(span, 4).hex(), first(span, 5).text(),
                first(span, 7).number, first(span, 8).number, failed, attributes);
    }

    /** A field of a protobuf message; only one of number and bytes has a value. */
    private record Field(int tag, long number, ByteBuffer bytes) {

        static final Field MISSING = new Field(0, 0, ByteBuffer.allocate(0));

        String text() {
            return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
        }

        String hex() {
            byte[] copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            return HexFormat.of().formatHex(copy);
        }
    }

    private static Field first(ByteBuffer message, int tag) {
        return fields(message, tag).stream().findFirst().orElse(Field.MISSING);
    }

    private static List<Field> fields(ByteBuffer message, int tag) {
        ByteBuffer rest = message.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        List<Field> fields = new ArrayList<>();
        while (rest.hasRemaining()) {
            Field field = next(rest);
            if (field.tag == tag) {
                fields.add(field);
            }
        }
        return fields;
    }

    private static Field next(ByteBuffer rest) {
        int key = (int) varint(rest);
        int tag = key >>> 3;
        return switch (key & 7) {
            case VARINT -> new Field(tag, varint(rest), null);
            case EIGHT_BYTES -> new Field(tag, rest.getLong(), null);
            case LENGTH_DELIMITED -> {
                int length = (int) varint(rest);
                ByteBuffer bytes = rest.slice(rest.position(), length);
                rest.position(rest.position() + length);
                yield new Field(tag, 0, bytes);
            }
            default -> new Field(tag, rest.getInt(), null);
        };
    }

    private static long varint(ByteBuffer rest) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = rest.get();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
