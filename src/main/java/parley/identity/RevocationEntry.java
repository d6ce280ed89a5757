package parley.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A revocation as a database row. */
@Entity
@Table(name = "revocation")
class RevocationEntry {

    @Id
    @Column(name = "log_position")
    private long logPosition;
    private String kind;
    private String subject;
    @Column(name = "revoked_at")
    private long revokedAt;
    @Column(name = "kept_until")
    private long keptUntil;
    @Column(name = "revoked_by")
    private String revokedBy;

    protected RevocationEntry() {
    }

    RevocationEntry(Revocation revocation) {
        logPosition = revocation.position();
        kind = revocation.target().kind().wire();
        subject = revocation.target().subject();
        revokedAt = revocation.at().toEpochMilli();
        keptUntil = revocation.until().toEpochMilli();
        revokedBy = revocation.by();
    }

    Revocation revocation() {
        return new Revocation(logPosition, new Revocation.Target(Revocation.Kind.of(kind), subject), Instant.ofEpochMilli(revokedAt),
                Instant.ofEpochMilli(keptUntil), revokedBy);
    }
}
