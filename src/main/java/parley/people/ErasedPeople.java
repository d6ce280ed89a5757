package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import parley.sql.Statements;

/**
 * Recognizes people who were erased without knowing their ids: table {@code access_ended} has a mark in place of the id, which is a keyed
 * hash. Only the first call waits for the database.
 */
@ApplicationScoped
class ErasedPeople {

    /** No id looks like this by chance. */
    static final String PREFIX = "erased:";

    @PersistenceContext(unitName = "parley")
    private EntityManager em;
    private volatile SecretKeySpec key;

    /** What takes the place of an id. */
    @Transactional
    String mark(String id) {
        SecretKeySpec known = key;
        if (known == null) {
            Optional<SecretKeySpec> stored = read();
            // One that is being created is not certain before the commit.
            stored.ifPresent(found -> key = found);
            known = stored.orElseGet(this::create);
        }
        return mark(id, known);
    }

    static String mark(String id, SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return PREFIX + HexFormat.of().formatHex(mac.doFinal(id.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java has HMAC-SHA-256", missing);
        }
    }

    /** The same, without waiting; empty until a person was erased, or before {@link #mark} was called. */
    Optional<String> knownMark(String id) {
        return Optional.ofNullable(key).map(known -> mark(id, known));
    }

    private Optional<SecretKeySpec> read() {
        return Statements.query(em, row -> new SecretKeySpec(HexFormat.of().parseHex(row.getString(1)), "HmacSHA256"),
                "select secret from erased_person_key where id = 1").stream().findFirst();
    }

    // If several instances need it at once, one insert waits for the other and adds nothing.
    private SecretKeySpec create() {
        byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        PersonHead.ACCESS.next(em);
        return read().orElseGet(() -> {
            Statements.update(em, "insert into erased_person_key (id, secret) values (1, ?)", HexFormat.of().formatHex(secret));
            return read().orElseThrow();
        });
    }
}
