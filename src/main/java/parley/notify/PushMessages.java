package parley.notify;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.zerodeplibs.webpush.EncryptedPushMessage;
import com.zerodeplibs.webpush.MessageEncryptions;
import com.zerodeplibs.webpush.PushMessage;
import com.zerodeplibs.webpush.UserAgentMessageEncryptionKeyInfo;
import com.zerodeplibs.webpush.VAPIDKeyPair;
import com.zerodeplibs.webpush.jwt.VAPIDJWTParam;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import parley.protocol.Why;
import parley.protocol.WipedBuffers;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes the requests to push services: payload, encryption (RFC 8291) and the installation's signature (RFC 8292), which are the library's.
 * Safe for every thread.
 */
final class PushMessages {

    private static final JsonMapper JSON = new JsonMapper(JsonFactory.builder().recyclerPool(new WipedBuffers()).build());
    private static final Duration KEPT = Duration.ofDays(1);
    /** A push that rings for a call is of no use later; the notification stays in the list. */
    private static final Duration RINGS = Duration.ofMinutes(1);
    // A signature is valid for 12 hours; RFC 8292 allows 24.
    private static final int SIGNED_HOURS = 12;
    /** RFC 8291, section 3.2. */
    private static final int SECRET_BYTES = 16;
    private static final int MOST_SIGNATURES = 1_000;

    /** A request, apart from its endpoint. */
    record Request(Map<String, String> headers, byte[] body) {}

    private final Supplier<VAPIDKeyPair> keys;
    private final String contact;
    private final boolean withText;
    /** By origin of the push service. */
    private final Cache<String, String> signatures = Caffeine.newBuilder().maximumSize(MOST_SIGNATURES)
            .expireAfterWrite(Duration.ofHours(SIGNED_HOURS - 1)).build();

    /** @param contact for the operator of a push service, a mailto: or https: URI; may be empty */
    PushMessages(Supplier<VAPIDKeyPair> keys, String contact, boolean withText) {
        this.keys = keys;
        this.contact = contact;
        this.withText = withText;
    }

    /** The request that shows a notification. A repetition replaces the first one: it has the same topic. */
    Request showing(Notification notification, PushSubscription to) {
        ObjectNode json = JSON.createObjectNode();
        json.put("id", notification.id());
        json.put("room", notification.room());
        if (notification.message() > 0) {
            json.put("offset", notification.message());
        }
        json.put("why", notification.why().wire());
        json.putObject("by").put("id", notification.by().id()).put("name", notification.by().name());
        if (withText && !notification.text().isEmpty()) {
            json.put("text", notification.text());
        }
        boolean urgent = switch (notification.why()) {
            case MENTION, DIRECT, CALL, REMINDER -> true;
            case REPLY, KEYWORD, INVITED, UNSENT, EXPORT -> false;
        };
        return request(json, "n" + notification.id(), urgent ? "high" : "normal", notification.why() == Why.CALL ? RINGS : KEPT, to);
    }

    /** The request that withdraws these notifications. */
    Request withdrawing(List<Long> ids, PushSubscription to) {
        ObjectNode json = JSON.createObjectNode();
        ids.forEach(json.putArray("withdraw")::add);
        // With the topic of the notification, so that it replaces one that was not delivered yet.
        return request(json, (ids.size() == 1 ? "n" : "w") + ids.getLast(), "normal", KEPT, to);
    }

    private Request request(ObjectNode json, String topic, String urgency, Duration kept, PushSubscription to) {
        EncryptedPushMessage encrypted = MessageEncryptions.of().encrypt(keyInfo(to), PushMessage.ofUTF8(JSON.writeValueAsString(json)));
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("TTL", String.valueOf(kept.toSeconds()));
        headers.put("Topic", topic);
        headers.put("Urgency", urgency);
        headers.put("Content-Type", encrypted.mediaType());
        headers.put("Content-Encoding", encrypted.contentEncoding());
        headers.put("Authorization", signature(to.endpoint()));
        return new Request(headers, encrypted.toBytes());
    }

    /** The keys of a browser. A {@link RuntimeException} if they are not valid. */
    static UserAgentMessageEncryptionKeyInfo keyInfo(PushSubscription subscription) {
        if (Base64.getUrlDecoder().decode(subscription.auth()).length != SECRET_BYTES) {
            throw new IllegalArgumentException("The secret of a browser has " + SECRET_BYTES + " bytes.");
        }
        return UserAgentMessageEncryptionKeyInfo.of(subscription.p256dh(), subscription.auth());
    }

    private String signature(URI endpoint) {
        return signatures.get(endpoint.getScheme() + "://" + endpoint.getRawAuthority(), origin -> {
            VAPIDJWTParam.Builder claims = VAPIDJWTParam.getBuilder().resourceURLString(endpoint.toString())
                    .expiresAfter(SIGNED_HOURS, TimeUnit.HOURS);
            return keys.get().generateAuthorizationHeaderValue((contact.isEmpty() ? claims : claims.subject(contact)).build());
        });
    }
}
