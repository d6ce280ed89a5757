package parley.audit;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** The row of an audit event. Written once, never changed. */
@Entity
@Table(name = "audit_entry")
class AuditRow {

    private static final AtomicInteger NEXT = new AtomicInteger();

    @Id
    private String id;
    @Column(name = "happened_at")
    private long at;
    private String action;
    private String actor;
    private String subject;
    private String room;
    private String address;
    private String detail;
    private int times;

    protected AuditRow() {
    }

    AuditRow(AuditEvent event) {
        at = event.at().toEpochMilli();
        id = id(at);
        action = event.action();
        actor = event.actor();
        subject = event.subject();
        room = event.room();
        address = event.address();
        detail = event.detail();
        times = event.times();
    }

    String id() {
        return id;
    }

    AuditEvent event() {
        return new AuditEvent(Instant.ofEpochMilli(at), action, actor, subject, room, address, detail, times);
    }

    // 32 hexadecimal digits: the time first, so that they sort by it; of one millisecond, those of an instance in their order.
    private static String id(long at) {
        return first(at) + "%04x%016x".formatted(NEXT.getAndIncrement() & 0xffff, ThreadLocalRandom.current().nextLong());
    }

    /** The prefix of every id of this time, in milliseconds. */
    static String first(long at) {
        return "%012x".formatted(at);
    }
}
