package parley.call;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import parley.identity.Caller;
import parley.journal.Views;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.room.RoomPolicy;
import parley.settings.ConferenceSettings;
import parley.settings.Settings;

/**
 * Invites people of a room to its conference on another server, Jitsi or LiveKit, for more people than a call has. The server trusts a
 * token that Parley signs, so nothing is stored, and nobody else enters. Safe for every thread; never waits.
 */
@ApplicationScoped
public class Conference {

    /** The token is checked when a person enters. */
    private static final Duration LIFETIME = Duration.ofMinutes(10);
    private static final String JITSI_AUDIENCE = "jitsi";
    /** Bytes of the hash that names a room. */
    private static final int NAME_BYTES = 16;

    @Inject
    private Settings settings;
    @Inject
    private Views views;

    /**
     * What a person opens.
     *
     * @param expires until when the person may enter with it
     */
    public record Invitation(URI url, Instant expires) {}

    /** An invitation for a person who may post in the room, or why there is none. */
    public sealed interface Answer {

        /** The person may enter. */
        record Invited(Invitation invitation) implements Answer {}

        /** The person may not, or there is no conference server. */
        record Refused(Problem problem) implements Answer {}
    }

    /** Invites the caller. */
    public CompletableFuture<Answer> invite(Caller caller, String room, Instant now) {
        return views.of(room).thenApply(view -> view.map(found -> RoomPolicy.posting(found, caller.actor(), now))
                .orElseGet(() -> Optional.of(Problem.noSuchRoom())).<Answer>map(Answer.Refused::new)
                .orElseGet(() -> invitation(settings.conference(), room, caller.user(), now).<Answer>map(Answer.Invited::new)
                        .orElseGet(() -> new Answer.Refused(Problem.notFound()))));
    }

    static Optional<Invitation> invitation(ConferenceSettings conference, String room, User person, Instant now) {
        if (!conference.isComplete()) {
            return Optional.empty();
        }
        Instant expires = now.plus(LIFETIME);
        String name = nameOf(conference, room);
        return Optional.of(switch (conference.kind()) {
            case JITSI -> new Invitation(URI.create(conference.url() + name + "?jwt="
                    + signed(conference, jitsi(conference, name, person, now, expires))), expires);
            case LIVEKIT -> new Invitation(URI.create(conference.url() + "custom?liveKitUrl="
                    + URLEncoder.encode(conference.server(), StandardCharsets.UTF_8) + "&token="
                    + signed(conference, liveKit(conference, name, person, now, expires))), expires);
        });
    }

    // Nobody can guess the name of a room's conference from the room's id.
    private static String nameOf(ConferenceSettings conference, String room) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(conference.secret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "parley-" + HexFormat.of().formatHex(mac.doFinal(room.getBytes(StandardCharsets.UTF_8)), 0, NAME_BYTES);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("Every Java runtime has HmacSHA256", missing);
        }
    }

    // The claims of Jitsi's token authentication (lib-jitsi-meet, doc/tokens.md).
    private static JWTClaimsSet.Builder jitsi(ConferenceSettings conference, String name, User person, Instant now, Instant expires) {
        return claims(conference, now, expires).audience(JITSI_AUDIENCE).subject(URI.create(conference.url()).getHost()).claim("room", name)
                .claim("context", Map.of("user", Map.of("id", person.id(), "name", person.name())));
    }

    // The claims of LiveKit's access tokens.
    private static JWTClaimsSet.Builder liveKit(ConferenceSettings conference, String name, User person, Instant now, Instant expires) {
        return claims(conference, now, expires).subject(person.id()).claim("name", person.name())
                .claim("video", Map.of("room", name, "roomJoin", true, "canPublish", true, "canSubscribe", true));
    }

    private static JWTClaimsSet.Builder claims(ConferenceSettings conference, Instant now, Instant expires) {
        return new JWTClaimsSet.Builder().issuer(conference.key()).notBeforeTime(Date.from(now)).expirationTime(Date.from(expires));
    }

    private static String signed(ConferenceSettings conference, JWTClaimsSet.Builder claims) {
        SignedJWT token = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).type(JOSEObjectType.JWT).build(), claims.build());
        try {
            token.sign(new MACSigner(conference.secret().getBytes(StandardCharsets.UTF_8)));
        } catch (JOSEException refused) {
            throw new IllegalStateException("A token for the conference server could not be signed", refused);
        }
        return token.serialize();
    }
}
