package parley.bench;

import java.nio.ByteBuffer;
import java.util.List;

/** What {@code rivals/ws.js} speaks: JSON much as Parley's. */
final class BareWsDialect implements Dialect {

    private static final int RE = "{\"re\":".length();

    @Override
    public String target() {
        return "/";
    }

    @Override
    public String headers(String token) {
        return "Authorization: Bearer " + token + "\r\n";
    }

    @Override
    public boolean greets() {
        return false;
    }

    @Override
    public List<String> entering(Guest guest, String token) {
        return guest.room().isEmpty() ? List.of() : List.of("{\"id\":1,\"type\":\"join\",\"room\":\"" + guest.room() + "\"}");
    }

    @Override
    public String post(long id, String room, String key, String text) {
        return "{\"id\":" + id + ",\"type\":\"post\",\"room\":\"" + room + "\",\"key\":\"" + key + "\",\"text\":\"" + text + "\"}";
    }

    @Override
    public Kind kind(ByteBuffer bytes, int from, int length) {
        return bytes.get(from + 2) == 'r' ? Kind.REPLY : Kind.DELIVERY;
    }

    @Override
    public long repliesTo(ByteBuffer bytes, int from) {
        return Dialect.number(bytes, from + RE);
    }
}
