package parley.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Parley's protocol, as the page "Wire protocol" has it. */
final class ParleyDialect implements Dialect {

    private static final int TYPE = "{\"type\":\"".length();
    private static final int RE = "{\"re\":".length();

    @Override
    public String target() {
        return "/parley/ws";
    }

    @Override
    public String headers(String token) {
        return "Sec-WebSocket-Protocol: parley.v1\r\nAuthorization: Bearer " + token + "\r\n";
    }

    @Override
    public boolean greets() {
        return true;
    }

    @Override
    public List<String> entering(Guest guest, String token) {
        var lines = new ArrayList<String>();
        if (guest.posts()) {
            lines.add("{\"id\":1,\"type\":\"room.join\",\"room\":\"" + guest.room() + "\"}");
        }
        if (!guest.room().isEmpty()) {
            lines.add("{\"id\":2,\"type\":\"subscribe\",\"room\":\"" + guest.room() + "\"}");
        }
        return lines;
    }

    @Override
    public String post(long id, String room, String key, String text) {
        return "{\"id\":" + id + ",\"type\":\"message.post\",\"room\":\"" + room + "\",\"key\":\"" + key + "\",\"text\":\"" + text + "\"}";
    }

    /** A page of a room's messages, the newest one or that before an offset. */
    static String history(long id, String room, long before, int limit) {
        String bound = before > 0 ? ",\"before\":" + before : "";
        return "{\"id\":" + id + ",\"type\":\"history\",\"room\":\"" + room + "\"" + bound + ",\"limit\":" + limit + "}";
    }

    @Override
    public Kind kind(ByteBuffer bytes, int from, int length) {
        if (bytes.get(from + 2) == 'r') {
            int at = from + RE;
            while (bytes.get(at) != ',') {
                at++;
            }
            return bytes.get(at + 2) == 'o' ? Kind.REPLY : Kind.REFUSAL;
        }
        if (bytes.get(from + TYPE) == 'm' && bytes.get(from + TYPE + 2) == 's') {
            return Kind.DELIVERY;
        }
        return bytes.get(from + TYPE) == 'h' ? Kind.GREETING : Kind.OTHER;
    }

    @Override
    public long repliesTo(ByteBuffer bytes, int from) {
        return Dialect.number(bytes, from + RE);
    }
}
