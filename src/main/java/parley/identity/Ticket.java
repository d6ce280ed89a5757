package parley.identity;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Set;
import parley.protocol.User;
import tools.jackson.databind.json.JsonMapper;

/** A one-time ticket as a database row. The key is a hash of the secret, so the table can't be used to sign in. */
@Entity
@Table(name = "ticket")
class Ticket {

    // Groups are free text, so no separator is safe.
    private static final JsonMapper JSON = new JsonMapper();

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
    private long tokenExpires;
    @Column(name = "token_issued")
    private long tokenIssued;
    private String jti;
    private String sid;
    private long expires;

    protected Ticket() {
    }

    Ticket(String secretHash, Caller caller, Instant expires) {
        this.secretHash = secretHash;
        this.userId = caller.user().id();
        this.userName = caller.user().name();
        this.groups = JSON.writeValueAsString(caller.groups());
        this.tokenIssued = caller.issued().toEpochMilli();
        this.tokenExpires = caller.expires().toEpochMilli();
        this.jti = caller.jti();
        this.sid = caller.sid();
        this.expires = expires.toEpochMilli();
    }

    Caller caller() {
        return new Caller(new User(userId, userName), Set.of(JSON.readValue(groups, String[].class)),
                Instant.ofEpochMilli(tokenIssued), Instant.ofEpochMilli(tokenExpires), jti, sid);
    }

    Instant expires() {
        return Instant.ofEpochMilli(expires);
    }
}
