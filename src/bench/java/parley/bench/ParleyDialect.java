package parley.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Parley's protocol as documented on the page "Wire protocol". */
class ParleyDialect implements Dialect {

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
    public List<String> entering(LoadClient client, String token) {
        var lines = new ArrayList<String>();
        if (client.posts()) {
            lines.add("{\"id\":1,\"type\":\"room.join\",\"room\":\"" + client.room() + "\"}");
        }
        if (!client.room().isEmpty()) {
            lines.add("{\"id\":2,\"type\":\"subscribe\",\"room\":\"" + client.room() + "\"}");
        }
        return lines;
    }

    @Override
    public String post(long id, String room, String key, String text) {
        return "{\"id\":" + id + ",\"type\":\"message.post\",\"room\":\"" + room + "\",\"key\":\"" + key + "\",\"text\":\"" + text + "\"}";
    }

    /** The command for a page of a room's history: the newest messages, or those before an offset if it is positive. */
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
