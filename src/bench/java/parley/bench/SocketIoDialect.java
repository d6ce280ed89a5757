package parley.bench;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Socket.IO's protocol 5 over Engine.IO's protocol 4, by WebSocket from the start: the first digit is Engine.IO's packet type
 * (0 open, 2 ping, 3 pong, 4 message), in a message the second is Socket.IO's (0 connect, 2 event, 3 acknowledgement, 4 refusal).
 */
final class SocketIoDialect implements Dialect {

    @Override
    public String target() {
        return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    public String headers(String token) {
        return "";
    }

    @Override
    public boolean greets() {
        return true;
    }

    @Override
    public List<String> entering(Guest guest, String token) {
        var lines = new ArrayList<String>();
        lines.add("40{\"token\":\"" + token + "\"}");
        if (!guest.room().isEmpty()) {
            lines.add("421[\"join\",\"" + guest.room() + "\"]");
        }
        return lines;
    }

    @Override
    public String post(long id, String room, String key, String text) {
        return "42" + id + "[\"post\",{\"room\":\"" + room + "\",\"key\":\"" + key + "\",\"text\":\"" + text + "\"}]";
    }

    @Override
    public Kind kind(ByteBuffer bytes, int from, int length) {
        return switch (bytes.get(from)) {
            case '0' -> Kind.GREETING;
            case '2' -> Kind.HEARTBEAT;
            case '4' -> switch (bytes.get(from + 1)) {
                case '0' -> Kind.GREETING;
                case '2' -> Kind.DELIVERY;
                case '3' -> Kind.REPLY;
                default -> Kind.REFUSAL;
            };
            default -> Kind.OTHER;
        };
    }

    @Override
    public long repliesTo(ByteBuffer bytes, int from) {
        return Dialect.number(bytes, from + 2);
    }

    @Override
    public String heartbeat() {
        return "3";
    }
}
