package parley.room;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.util.Objects;
import parley.protocol.Role;
import parley.protocol.User;

/** The row of a member of a room. */
@Entity
@Table(name = "membership")
@IdClass(Membership.Key.class)
class Membership {

    /** What identifies a membership. */
    static class Key implements Serializable {
        String room;
        String user;

        Key() {
        }

        Key(String room, String user) {
            this.room = room;
            this.user = user;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && room.equals(key.room) && user.equals(key.user);
        }

        @Override
        public int hashCode() {
            return Objects.hash(room, user);
        }
    }

    @Id
    private String room;
    @Id
    @Column(name = "user_id")
    private String user;
    @Column(name = "user_name")
    private String name;
    private String role;
    @Column(name = "since_offset")
    private long since;

    protected Membership() {
    }

    Membership(String room, Member member) {
        this.room = room;
        this.user = member.user().id();
        this.name = member.user().name();
        this.role = member.role().wire();
        this.since = member.since();
    }

    void become(Role changed) {
        role = changed.wire();
    }

    Member member() {
        return new Member(new User(user, name), Role.of(role), since);
    }
}
