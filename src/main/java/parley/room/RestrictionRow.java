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

/** The row of a restriction. */
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

    RestrictionRow(String room, Restriction restriction) {
        this.room = room;
        this.user = restriction.user().id();
        become(restriction);
    }

    void become(Restriction restriction) {
        name = restriction.user().name();
        kind = restriction.kind().name().toLowerCase(Locale.ROOT);
        until = restriction.until().map(Instant::toEpochMilli).orElse(null);
    }

    Restriction restriction() {
        return new Restriction(new User(user, name), Restriction.Kind.valueOf(kind.toUpperCase(Locale.ROOT)),
                Optional.ofNullable(until).map(Instant::ofEpochMilli));
    }
}
