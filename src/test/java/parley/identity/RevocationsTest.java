package parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import parley.identity.Revocation.Kind;
import parley.protocol.User;
import parley.settings.Given;
import parley.settings.Settings;

class RevocationsTest {

    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");
    private static final Duration KEPT = Duration.ofHours(1);

    private final Revocations revocations = new Revocations(Settings.of(new Given(
            Map.of("parley.tokens.longest-hours", "1", "parley.revocations", "1000"))));

    @Test
    void onlyTheTokenOfThisIdIsRevoked() {
        revoked(Kind.JTI, "one");
        assertThat(revocations.isRevoked(alice("one", "s", NOON))).isTrue();
        assertThat(revocations.isRevoked(alice("other", "s", NOON))).isFalse();
        assertThat(revocations.isRevoked(alice("", "one", NOON))).isFalse();
    }

    @Test
    void aSessionIsRevokedWithItsPresentAndFutureTokens() {
        revoked(Kind.SID, "s");
        assertThat(revocations.isRevoked(alice("one", "s", NOON))).isTrue();
        assertThat(revocations.isRevoked(alice("two", "s", NOON.plusSeconds(60)))).isTrue();
        assertThat(revocations.isRevoked(alice("s", "other", NOON))).isFalse();
    }

    @Test
    void aUsersTokensAreRevokedIfTheyWereIssuedUntilThen() {
        revoked(Kind.USER, "alice");
        assertThat(revocations.isRevoked(alice("one", "s", NOON.minusSeconds(600)))).isTrue();
        assertThat(revocations.isRevoked(alice("two", "", NOON))).isTrue();
        assertThat(revocations.isRevoked(alice("new", "", NOON.plusSeconds(1)))).isFalse();
        assertThat(revocations.isRevoked(caller("bob", "", "", NOON))).isFalse();
    }

    @Test
    void aTokenThatNamesNoSessionIsRevokedWithTheUser() {
        revoked(Kind.SIDLESS, "alice");
        assertThat(revocations.isRevoked(alice("one", "", NOON))).isTrue();
        assertThat(revocations.isRevoked(alice("one", "s", NOON))).isFalse();
        assertThat(revocations.isRevoked(alice("new", "", NOON.plusSeconds(1)))).isFalse();
    }

    @Test
    void theLaterOfTwoTimesCountsInEitherOrder() {
        revocations.add(List.of(revocation(Kind.USER, "alice", NOON), revocation(Kind.USER, "alice", NOON.minusSeconds(60))), NOON);
        assertThat(revocations.isRevoked(alice("one", "", NOON))).isTrue();
        assertThat(revocations.covers(new Revocation.Target(Kind.USER, "alice"), NOON)).isTrue();
        assertThat(revocations.covers(new Revocation.Target(Kind.USER, "alice"), NOON.plusSeconds(1))).isFalse();
    }

    @Test
    void aRevocationWhoseTokensHaveExpiredIsRemoved() {
        revoked(Kind.JTI, "one");
        revoked(Kind.USER, "alice");
        revocations.add(List.of(), NOON.plus(KEPT).plusSeconds(1));
        assertThat(revocations.covers(new Revocation.Target(Kind.JTI, "one"), NOON)).isFalse();
        assertThat(revocations.covers(new Revocation.Target(Kind.USER, "alice"), NOON)).isFalse();
    }

    @Test
    void theNumberOfRevocationsIsBounded() {
        for (int n = 0; n < 999; n++) {
            revoked(Kind.JTI, "t" + n);
        }
        assertThat(revocations.isFull()).isFalse();
        revoked(Kind.SID, "s");
        assertThat(revocations.isFull()).isTrue();
    }

    private void revoked(Kind kind, String subject) {
        revocations.add(List.of(revocation(kind, subject, NOON)), NOON);
    }

    private static Revocation revocation(Kind kind, String subject, Instant at) {
        return new Revocation(1, new Revocation.Target(kind, subject), at, at.plus(KEPT), "carol");
    }

    private static Caller alice(String jti, String sid, Instant issued) {
        return caller("alice", jti, sid, issued);
    }

    private static Caller caller(String user, String jti, String sid, Instant issued) {
        return new Caller(new User(user, user), Set.of(), issued, issued.plus(KEPT), jti, sid);
    }
}
