package parley.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** The position of the last revocation, in the only row of its table. Appending locks this row. */
@Entity
@Table(name = "revocation_head")
class RevocationHead {

    static final int ID = 1;

    @Id
    private int id;
    @Column(name = "log_position")
    private long logPosition;

    protected RevocationHead() {
    }

    long position() {
        return logPosition;
    }

    long next() {
        return ++logPosition;
    }
}
