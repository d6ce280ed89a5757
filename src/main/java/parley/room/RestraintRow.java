package parley.room;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import parley.protocol.User;

/** The row of what holds somebody back in a room. */
@Entity
@Table(name = "restraint")
@IdClass(Membership.Key.class)
class RestraintRow {

    @Id
    private String room;
    @Id
    @Column(name = "user_id")
    private String user;
    @Column(name = "user_name")
    private String name;
    private String kind;
    @Column(name = "until_at")
    private Long until;

    protected RestraintRow() {
    }

    RestraintRow(String room, Restraint restraint) {
        this.room = room;
        this.user = restraint.user().id();
        become(restraint);
    }

    void become(Restraint restraint) {
        name = restraint.user().name();
        kind = restraint.kind().name().toLowerCase(Locale.ROOT);
        until = restraint.until().map(Instant::toEpochMilli).orElse(null);
    }

    Restraint restraint() {
        return new Restraint(new User(user, name), Restraint.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(until).map(Instant::ofEpochMilli));
    }
}
