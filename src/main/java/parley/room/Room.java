package parley.room;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import parley.protocol.RoomKind;

/** The row of a room: the head of its log, and its properties as of that head. */
@Entity
@Table(name = "room")
class Room {

    @Id
    private String id;
    private String epoch;
    private long head;
    private String name;
    private String kind;
    private String topic;
    private long created;

    protected Room() {
    }

    Room(String id, String epoch, Instant created) {
        this.id = id;
        this.epoch = epoch;
        this.created = created.toEpochMilli();
        update(id, RoomKind.PRIVATE, "");
    }

    String id() {
        return id;
    }

    String epoch() {
        return epoch;
    }

    void renewEpoch(String renewed) {
        epoch = renewed;
    }

    long head() {
        return head;
    }

    void advance(long offset) {
        head = offset;
    }

    String name() {
        return name;
    }

    RoomKind kind() {
        return RoomKind.of(kind).orElseThrow();
    }

    String topic() {
        return topic == null ? "" : topic;
    }

    void update(String newName, RoomKind newKind, String newTopic) {
        name = newName;
        kind = newKind.wire();
        topic = newTopic.isEmpty() ? null : newTopic;
    }
}
