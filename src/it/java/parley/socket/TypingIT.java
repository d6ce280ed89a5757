package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.kit.Expected.posted;
import static parley.kit.Expected.typing;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import parley.kit.ChatClient;
import parley.kit.Http;
import tools.jackson.databind.JsonNode;

/** {@code typing}: told to the others, stored nowhere. */
class TypingIT {

    private final String room = Http.of("alice").makesRoom();
    @AutoClose
    private final ChatClient alice = ChatClient.of("alice").joins(room);
    @AutoClose
    private final ChatClient bob = ChatClient.of("bob");

    @Test
    void isRefusedToWhoHasNotJoined() {
        bob.listensTo(room);

        assertThat(bob.asks("typing", Map.of("room", room, "on", true)).refusal()).isEqualTo("forbidden");
        alice.posts("next");
        assertThat(alice.receivesUpTo(posted("next"))).noneMatch(typing("bob", true).matches());
    }

    @Test
    void isRefusedInARoomThatDoesNotExist() {
        assertThat(bob.asks("typing", Map.of("room", "no-such-room", "on", true)).refusal()).isEqualTo("not_found");
    }

    @Test
    void reachesTheOthersAndNotTheOneWhoTypes() {
        bob.joins(room);

        bob.types(true);
        JsonNode event = alice.receives(typing("bob", true));
        bob.types(false);
        alice.receives(typing("bob", false));

        assertThat(event.get("room").stringValue()).isEqualTo(room);
        assertThat(event.has("offset")).as("it is stored nowhere").isFalse();
        assertThat(bob.receivedSoFar()).noneMatch(typing("bob", true).matches());
    }

    @Test
    void isAnsweredOnlyWhenItHasAnId() {
        bob.joins(room);

        bob.types(true);
        bob.asks("typing", Map.of("room", room, "on", true)).ok();

        assertThat(bob.straysSoFar()).isEmpty();
    }

    @Test
    void isRefusedWithoutAWordWhenItHasNoId() {
        bob.listensTo(room);

        bob.types(true);
        bob.asks("ping", Map.of()).ok();

        assertThat(bob.straysSoFar()).isEmpty();
    }
}
