package parley.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import parley.kit.ChatClient;
import parley.server.Instance;
import tools.jackson.databind.JsonNode;

/** A connection that listens to a room, is away from time to time, and resumes by position. For one thread. */
final class Listener {

    private final String user;
    private final String room;
    private final Recount known;
    private String epoch;
    private Instance instance;
    private ChatClient socket;
    private int absences;

    /** @param epoch the epoch of this offset, from which it listens */
    Listener(String user, String room, String epoch, long offset) {
        this.user = user;
        this.room = room;
        this.epoch = epoch;
        known = new Recount(offset);
    }

    Recount known() {
        return known;
    }

    int absences() {
        return absences;
    }

    boolean isListening() {
        return socket != null;
    }

    boolean isAt(Instance other) {
        return isListening() && instance == other;
    }

    void isHere(Instance at) {
        if (socket == null) {
            instance = at;
            socket = new UserAt(at, user).connects();
            JsonNode ok = socket.asks("subscribe", Map.of("room", room, "since", Map.of("epoch", epoch, "offset", known.offset()))).ok();
            assertThat(ok.get("recovered").booleanValue()).as("resumed").isTrue();
            epoch = ok.get("epoch").stringValue();
        }
    }

    void listens() {
        if (socket != null) {
            known.apply(socket.received());
        }
    }

    void isAway() {
        if (socket != null) {
            // What arrived before the end of the connection is applied; the rest is missed.
            listens();
            socket.disconnectsAbruptly();
            socket = null;
            absences++;
        }
    }
}
