package parley.room;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Optional;
import parley.protocol.Posting;
import parley.protocol.Retention;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;

/** The row of a room: the head of its log, and its properties as of that head. */
@SuppressWarnings("UnusedVariable") // Some columns are read by SQL only.
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
    private String retention;
    private String posting;
    @Column(name = "slow_seconds")
    private int slow;
    private long created;
    @Column(name = "closed_at")
    private Long closed;
    @Column(name = "call_id")
    private String call;

    protected Room() {
    }

    Room(String id, String epoch, Instant created) {
        this.id = id;
        this.epoch = epoch;
        this.created = created.toEpochMilli();
        update(RoomView.empty(id, epoch).profile());
    }

    String id() {
        return id;
    }

    String epoch() {
        return epoch;
    }

    long head() {
        return head;
    }

    boolean isClosed() {
        return closed != null;
    }

    void close(Instant at) {
        closed = at.toEpochMilli();
        call = null;
    }

    Optional<String> call() {
        return Optional.ofNullable(call);
    }

    void hasCall(Optional<String> now) {
        call = now.orElse(null);
    }

    void reopen() {
        closed = null;
    }

    RoomProfile profile() {
        return new RoomProfile(name, RoomKind.of(kind).orElseThrow(), topic == null ? "" : topic,
                Retention.of(retention).orElseThrow(),
                new Posting(posting == null ? Posting.Who.EVERYONE : Posting.Who.of(posting).orElseThrow(), slow));
    }

    void update(RoomProfile profile) {
        name = profile.name();
        kind = profile.kind().wire();
        topic = profile.topic().isEmpty() ? null : profile.topic();
        retention = profile.retention().wire();
        posting = profile.posting().who() == Posting.Who.EVERYONE ? null : profile.posting().who().wire();
        slow = profile.posting().slow();
    }
}
