package parley.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SignInTest {

    private final SignIn first = new SignIn("bob", "Bob", Optional.empty(), 1_000, 20_000);

    @Test
    void theSameNameOnTheSameDayIsNotWrittenAgain() {
        assertThat(new SignIn("bob", "Bob", Optional.empty(), 2_000, 20_000).repeats(first)).isTrue();
        assertThat(new SignIn("bob", "Bob", Optional.empty(), 2_000, 20_001).repeats(first)).as("another day").isFalse();
        assertThat(new SignIn("bob", "Robert", Optional.empty(), 2_000, 20_000).repeats(first)).as("another name").isFalse();
        SignIn withPicture = new SignIn("bob", "Bob", Optional.of("https://idp.example/bob"), 2_000, 20_000);
        assertThat(withPicture.repeats(first)).isFalse();
    }

    @Test
    void anOlderTokenRenamesNobody() {
        SignIn older = new SignIn("bob", "Robert", Optional.empty(), 999, 20_000);
        assertThat(older.repeats(first)).isTrue();
        assertThat(older.changes(first)).isFalse();
        assertThat(new SignIn("bob", "Robert", Optional.empty(), 1_000, 20_000).changes(first)).isTrue();
    }
}
