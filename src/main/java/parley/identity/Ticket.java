package parley.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A one-time ticket as the database keeps it: under the hash of its secret, so that reading the table admits nobody. */
@Entity
@Table(name = "ticket")
class Ticket {

    @Id
    @Column(name = "secret_hash")
    private String secretHash;
    @Column(name = "user_id")
    private String userId;
    @Column(name = "user_name")
    private String userName;
    @Column(name = "user_groups")
    private String groups;
    @Column(name = "token_expires")
    private Instant tokenExpires;
    @Column(name = "expires")
    private Instant expires;

    protected Ticket() {
    }

    Ticket(String secretHash, Caller caller, Instant expires) {
        this.secretHash = secretHash;
        this.userId = caller.user().id();
        this.userName = caller.user().name();
        this.groups = String.join("\n", caller.groups());
        this.tokenExpires = caller.expires();
        this.expires = expires;
    }

    Caller caller() {
        return new Caller(new parley.protocol.User(userId, userName),
                groups.isEmpty() ? java.util.Set.of() : java.util.Set.of(groups.split("\n")), tokenExpires);
    }

    Instant expires() {
        return expires;
    }
}
