package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import parley.protocol.Problem;
import parley.sql.Conflict;

/** The browsers of people. Each call waits for the database. */
@ApplicationScoped
public class PushSubscriptions {

    @Inject
    private PushEndpoints endpoints;
    @Inject
    private PushRows rows;
    @Inject
    private VapidKeys keys;

    /** The public key of this installation, for {@code pushManager.subscribe}, in base64url. */
    public String key() {
        return keys.get().extractPublicKeyInUncompressedFormAsString();
    }

    /**
     * Stores a browser's subscription, or returns why not. A person has at most {@value PushRows#MOST}; a further one replaces the oldest.
     * An endpoint belongs to the person who subscribed last.
     */
    public Optional<Problem> put(String person, String endpoint, String p256dh, String auth) {
        Optional<URI> allowed = endpoints.of(endpoint);
        if (allowed.isEmpty()) {
            return Optional.of(Problem.badRequest("`endpoint` must be the https URL of a push service."));
        }
        PushSubscription subscription = new PushSubscription(id(endpoint), person, allowed.get(), p256dh, auth);
        if (!areKeys(subscription)) {
            return Optional.of(Problem.badRequest("`keys` must have the keys of a browser's subscription."));
        }
        Conflict.repeat(() -> rows.put(subscription, Instant.now()));
        return Optional.empty();
    }

    /** Removes a browser's subscription of a person. Changes nothing if there is none. */
    public void remove(String person, String endpoint) {
        rows.remove(id(endpoint), person);
    }

    private static boolean areKeys(PushSubscription subscription) {
        try {
            return PushMessages.keyInfo(subscription) != null;
        } catch (RuntimeException invalid) {
            return false;
        }
    }

    private static String id(String endpoint) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(endpoint.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java runtime has SHA-256", missing);
        }
    }
}
