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
class RestrictionRow {

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

    protected RestrictionRow() {
    }

    RestrictionRow(String room, Restriction restraint) {
        this.room = room;
        this.user = restraint.user().id();
        become(restraint);
    }

    void become(Restriction restraint) {
        name = restraint.user().name();
        kind = restraint.kind().name().toLowerCase(Locale.ROOT);
        until = restraint.until().map(Instant::toEpochMilli).orElse(null);
    }

    Restriction restraint() {
        return new Restriction(new User(user, name), Restriction.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(until).map(Instant::ofEpochMilli));
    }
}
