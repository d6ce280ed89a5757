package parley.journal;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import parley.protocol.Frame;
import parley.protocol.RoomEvent;

/** The row of an event: its frame as it goes over the wire, under its room and offset. Written once, never changed. */
@Entity
@Table(name = "room_event")
@IdClass(LogEntry.Key.class)
class LogEntry {

    /** What identifies an event. */
    static class Key implements Serializable {
        String room;
        long offset;

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && room.equals(key.room) && offset == key.offset;
        }

        @Override
        public int hashCode() {
            return Objects.hash(room, offset);
        }
    }

    @Id
    private String room;
    @Id
    @Column(name = "log_offset")
    private long offset;
    private String type;
    private String actor;
    private String frame;
    @Column(name = "happened_at")
    private long at;

    protected LogEntry() {
    }

    LogEntry(RoomEvent event, Frame frame) {
        this.room = event.room();
        this.offset = event.offset();
        this.type = event.change().type();
        this.actor = event.by().id();
        this.frame = frame.text();
        this.at = event.at().toEpochMilli();
    }
}
