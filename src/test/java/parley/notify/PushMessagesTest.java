package parley.notify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jwt.SignedJWT;
import com.zerodeplibs.webpush.VAPIDKeyPair;
import java.net.URI;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.contract.FrameContract;
import parley.protocol.User;
import parley.protocol.Why;
import tools.jackson.databind.json.JsonMapper;

class PushMessagesTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final KeyPair KEYS = VapidKeys.generate();
    private static final VAPIDKeyPair PAIR = VapidKeys.pair(KEYS.getPrivate().getEncoded(), KEYS.getPublic().getEncoded());

    private final Browser browser = Browser.create();
    private final PushMessages messages = new PushMessages(() -> PAIR, "mailto:chat@example.com", false);

    private PushSubscription to(String endpoint) {
        return new PushSubscription("id", "bob", URI.create(endpoint), browser.p256dh(), browser.auth());
    }

    private static Notification notification(Why why, String text) {
        return new Notification(7, "bob", "room", 42, why, new User("alice:\"/", "Alice 🙂"), Instant.EPOCH, false, text);
    }

    // The example of RFC 8291, section 5 and appendix A.
    @Test
    void theReceivingSideDecryptsTheExampleOfTheStandard() throws Exception {
        Browser example = Browser.of("q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94",
                "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4", "BTBZMqHH6r4Tts7J_aSIgg");
        assertThat(example.decrypt(Base64.getUrlDecoder().decode("DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27ml"
                + "mlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Q"
                + "ulcy4a-fN"))).isEqualTo("When I grow up, I want to be a watermelon");
    }

    @Test
    void aPushCarriesNoTextUnlessASettingSaysSo() {
        PushMessages.Request request = messages.showing(notification(Why.MENTION, "secret"), to("https://push.example/a"));
        assertThat(JSON.readTree(browser.decrypt(request.body()))).isEqualTo(JSON.readTree("""
                {"id":7,"room":"room","offset":42,"why":"mention","by":{"id":"alice:\\"/","name":"Alice 🙂"}}"""));
        assertThat(FrameContract.current().wrongInPush(JSON.readTree(browser.decrypt(request.body())))).isEmpty();
        assertThat(JSON.readTree(browser.decrypt(new PushMessages(() -> PAIR, "", true).showing(notification(Why.MENTION, "not secret"),
                to("https://push.example/a")).body())).get("text").stringValue()).isEqualTo("not secret");
    }

    @Test
    void theLargestPayloadFits() {
        User longest = new User("\uD83D\uDE42".repeat(127), "\uD83D\uDE42".repeat(100));
        Notification large = new Notification(Long.MAX_VALUE, "bob", "r".repeat(64), Long.MAX_VALUE, Why.KEYWORD, longest, Instant.EPOCH,
                false, Notification.shortened("\uD83D\uDE42".repeat(4_000)));
        // RFC 8030 section 7.2: a push service accepts 4,096 bytes.
        assertThat(new PushMessages(() -> PAIR, "", true).showing(large, to("https://push.example/a")).body())
                .hasSizeLessThanOrEqualTo(4_096);
        List<Long> ids = LongStream.range(0, PushRows.MOST_WITHDRAWN).mapToObj(i -> Long.MAX_VALUE - i).toList();
        assertThat(messages.withdrawing(ids, to("https://push.example/a")).body()).hasSizeLessThanOrEqualTo(4_096);
    }

    @Test
    void aWithdrawalReplacesItsNotification() {
        PushMessages.Request shown = messages.showing(notification(Why.REPLY, ""), to("https://push.example/a"));
        PushMessages.Request again = messages.showing(notification(Why.REPLY, ""), to("https://push.example/a"));
        PushMessages.Request withdrawn = messages.withdrawing(List.of(7L), to("https://push.example/a"));
        assertThat(browser.decrypt(withdrawn.body())).isEqualTo("{\"withdraw\":[7]}");
        assertThat(FrameContract.current().wrongInPush(JSON.readTree(browser.decrypt(withdrawn.body())))).isEmpty();
        assertThat(List.of(again.headers().get("Topic"), withdrawn.headers().get("Topic"))).containsOnly(shown.headers().get("Topic"));
        PushMessages.Request several = messages.withdrawing(List.of(6L, 7L), to("https://push.example/a"));
        assertThat(browser.decrypt(several.body())).isEqualTo("{\"withdraw\":[6,7]}");
        assertThat(several.headers().get("Topic")).isNotEqualTo(shown.headers().get("Topic")).matches("[A-Za-z0-9_-]{1,32}");
    }

    @ParameterizedTest
    @CsvSource({"MENTION,high,86400", "DIRECT,high,86400", "REPLY,normal,86400", "KEYWORD,normal,86400", "INVITED,normal,86400",
        "CALL,high,60"})
    void urgencyFollowsTheReason(Why why, String urgency, String kept) {
        Map<String, String> headers = messages.showing(notification(why, ""), to("https://push.example/a")).headers();
        assertThat(headers).containsEntry("Urgency", urgency).containsEntry("TTL", kept).containsEntry("Content-Encoding", "aes128gcm");
    }

    @Test
    void theInstallationSignsForTheOriginOfTheService() throws Exception {
        String header = messages.showing(notification(Why.REPLY, ""), to("https://push.example:444/a")).headers().get("Authorization");
        assertThat(header).startsWith("vapid t=");
        SignedJWT token = SignedJWT.parse(header.replaceAll(".*t=([^,]*).*", "$1"));
        assertThat(token.verify(new ECDSAVerifier((ECPublicKey) KEYS.getPublic()))).isTrue();
        assertThat(token.getJWTClaimsSet().getAudience()).containsExactly("https://push.example:444");
        assertThat(token.getJWTClaimsSet().getSubject()).isEqualTo("mailto:chat@example.com");
        assertThat(token.getJWTClaimsSet().getExpirationTime()).isBetween(new Date(), Date.from(Instant.now().plusSeconds(86_400)));
        assertThat(Browser.publicKey(Base64.getUrlDecoder().decode(header.replaceAll(".*k=([^,]*).*", "$1")))).isEqualTo(KEYS.getPublic());
        assertThat(messages.showing(notification(Why.REPLY, ""), to("https://push.example:444/b")).headers().get("Authorization"))
                .as("one signature for an origin").isEqualTo(header);
    }

    @ParameterizedTest
    @CsvSource({"'',BTBZMqHH6r4Tts7J_aSIgg", "AAAA,BTBZMqHH6r4Tts7J_aSIgg", "!,BTBZMqHH6r4Tts7J_aSIgg"})
    void keysOfNoBrowserAreRefused(String p256dh, String auth) {
        PushSubscription subscription = new PushSubscription("id", "bob", URI.create("https://push.example"), p256dh, auth);
        assertThatThrownBy(() -> PushMessages.keyInfo(subscription)).isInstanceOf(RuntimeException.class);
    }

    @ParameterizedTest
    @CsvSource({"''", "!", "QQ"})
    void aSecretOfNoBrowserIsRefused(String auth) {
        PushSubscription subscription = new PushSubscription("id", "bob", URI.create("https://push.example"), browser.p256dh(), auth);
        assertThatThrownBy(() -> messages.showing(notification(Why.REPLY, ""), subscription)).isInstanceOf(RuntimeException.class);
    }

    @Test
    void aPointBesideTheCurveIsRefused() {
        byte[] point = Base64.getUrlDecoder().decode(browser.p256dh());
        point[64] ^= 1;
        PushSubscription subscription = new PushSubscription("id", "bob", URI.create("https://push.example"),
                Base64.getUrlEncoder().withoutPadding().encodeToString(point), browser.auth());
        assertThatThrownBy(() -> PushMessages.keyInfo(subscription)).isInstanceOf(RuntimeException.class);
    }
}
