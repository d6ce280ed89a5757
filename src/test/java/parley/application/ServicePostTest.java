package parley.application;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What programs outside of this server may want a service to post. */
class ServicePostTest {

    private static PostAsService sound(String json, String id) {
        return (PostAsService) ((ServicePost.Sound) ServicePost.of(json, id)).proposal();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "{}", "{\"service\":\"a\",\"room\":\"r\"}", "{\"room\":\"r\",\"text\":\"t\"}",
        "{\"service\":\"a b\",\"room\":\"r\",\"text\":\"t\"}", "{\"service\":\"a\",\"room\":\"..\",\"text\":\"t\"}",
        "{\"service\":\"a\",\"room\":\"r\",\"text\":\"t\",\"key\":\"k\"}",
        "{\"service\":\"a\",\"room\":\"r\",\"text\":\"t\",\"do\":\"member.put\"}",
        "{\"service\":\"a\",\"room\":\"r\",\"text\":\"t\",\"x\":1}"})
    void whatIsMalformedIsRefused(String json) {
        assertThat(ServicePost.of(json, "ID:1")).isInstanceOf(ServicePost.Refused.class);
    }

    @Test
    void aServicePostsUnderAKeyOfTheId() {
        PostAsService post = sound(
                "{\"service\":\"billing\",\"serviceName\":\"Billing\",\"room\":\"orders\",\"text\":\"Paid\",\"thread\":7}",
                "ID:1-127.0.0.1(aa:bb)-1-2");
        assertThat(post.by().id()).isEqualTo("service:billing");
        assertThat(post.by().user().name()).isEqualTo("Billing");
        assertThat(post.room()).isEqualTo("orders");
        assertThat(post.message().text()).isEqualTo("Paid");
        assertThat(post.message().thread()).isEqualTo(7);
        String nameless = "{\"service\":\"billing\",\"room\":\"orders\",\"text\":\"Paid\"}";
        assertThat(sound(nameless, "ID:1").by().user().name()).isEqualTo("billing");
        assertThat(sound(nameless, "ID:1").message().key()).hasSize(64).isEqualTo(sound(nameless, "ID:1").message().key())
                .isNotEqualTo(sound(nameless, "ID:2").message().key());
    }
}
