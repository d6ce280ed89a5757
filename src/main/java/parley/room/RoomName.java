package parley.room;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.List;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.Sha256;
import parley.protocol.TextRules;

/**
 * The hash of a public room's name in its canonical form. The primary key keeps the names of two rooms from looking alike, also if
 * different instances create them at the same time.
 */
@SuppressWarnings("UnusedVariable") // Some columns are read by SQL only.
@Entity
@Table(name = "room_name")
class RoomName {

    @Id
    private String look;
    private String room;

    protected RoomName() {
    }

    private RoomName(String look, String room) {
        this.look = look;
        this.room = room;
    }

    static boolean isTaken(EntityManager em, String room, String name) {
        return em.createQuery("select count(n) from RoomName n where n.look in :looks and n.room <> :room", Long.class)
                .setParameter("looks", looks(name)).setParameter("room", room).getSingleResult() > 0;
    }

    /** Records the name of a room. Of two rooms from before this check whose names look alike, only the first is recorded. */
    static void keep(EntityManager em, String room, RoomProfile profile) {
        em.createQuery("delete from RoomName n where n.room = :room").setParameter("room", room).executeUpdate();
        if (profile.kind() == RoomKind.PUBLIC && !isTaken(em, room, profile.name())) {
            looks(profile.name()).forEach(look -> em.persist(new RoomName(look, room)));
        }
    }

    // A look may be several times as long as the name, too long for an index.
    private static List<String> looks(String name) {
        return TextRules.looks(name).stream().map(RoomName::hash).toList();
    }

    private static String hash(String look) {
        return Sha256.hex(look);
    }
}
