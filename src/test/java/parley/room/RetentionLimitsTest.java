package parley.room;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.protocol.ErrorCode;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.settings.KeptDays;

/** A room keeps messages no shorter and no longer than the installation says. */
class RetentionLimitsTest {

    private static final Actor ALICE = new Actor(new User("alice", "Alice"), false);
    private static final RetentionLimits LIMITS = RetentionLimits.of(new KeptDays(90, 30, 365));

    private final DecisionContext limited = new NothingKnown() {
        @Override
        public Optional<Problem> keeping(Retention retention) {
            return LIMITS.refusing(retention);
        }
    };

    private static Problem refusal(Decision decision) {
        return ((Decision.Refused) decision).problem();
    }

    private static RoomProfile profile(Retention retention) {
        return new RoomProfile("General", RoomKind.PUBLIC, "", retention);
    }

    @Test
    void refusesARoomBelowTheFloorAndNamesIt() {
        assertThat(LIMITS.refusing(new Retention(29)).orElseThrow().message()).contains("at least 30d");
        Problem refusal = refusal(new CreateRoom("general", ALICE, profile(Retention.NONE)).decideWithoutRoom(limited));
        assertThat(refusal.code()).isEqualTo(ErrorCode.BAD_REQUEST);
        assertThat(refusal.message()).contains("at least 30d");
    }

    @Test
    void refusesARoomAboveTheCeilingAndNamesIt() {
        assertThat(LIMITS.refusing(new Retention(366)).orElseThrow().message()).contains("at most 365d");
        assertThat(refusal(new CreateRoom("general", ALICE, profile(Retention.FOREVER)).decideWithoutRoom(limited)).message())
                .contains("at most 365d");
    }

    @Test
    void allowsTheLimitsThemselves() {
        assertThat(LIMITS.refusing(new Retention(30))).isEmpty();
        assertThat(LIMITS.refusing(new Retention(365))).isEmpty();
        assertThat(RetentionLimits.NO_LIMITS.refusing(Retention.NONE)).isEmpty();
        assertThat(RetentionLimits.NO_LIMITS.refusing(Retention.FOREVER)).isEmpty();
    }

    @Test
    void refusesAChangeOfTheRetentionButNotOfTheNameOfAnOlderRoom() {
        RoomView old = RoomView.empty("general", "e").after(new RoomEvent("general", 1, Instant.EPOCH, ALICE.user(),
                new RoomChange.Updated(profile(Retention.NONE))));
        Actor administrator = new Actor(ALICE.user(), true);
        UpdateRoom lower = new UpdateRoom("general", administrator, Optional.empty(), Optional.empty(), Optional.of(new Retention(7)));
        assertThat(refusal(lower.decide(old, limited, Instant.EPOCH)).message()).contains("at least 30d");
        UpdateRoom renamed = new UpdateRoom("general", administrator, Optional.of("Plans"), Optional.empty(),
                Optional.of(Retention.NONE));
        assertThat(renamed.decide(old, limited, Instant.EPOCH)).isInstanceOf(Decision.Changes.class);
    }

    @Test
    void bringsOlderRoomsWithinTheLimits() {
        assertThat(LIMITS.within(Retention.NONE)).isEqualTo(new Retention(30));
        assertThat(LIMITS.within(new Retention(7))).isEqualTo(new Retention(30));
        assertThat(LIMITS.within(new Retention(100))).isEqualTo(new Retention(100));
        assertThat(LIMITS.within(Retention.FOREVER)).isEqualTo(new Retention(365));
        assertThat(RetentionLimits.of(new KeptDays(KeptDays.ALL, 0, KeptDays.ALL))).isEqualTo(RetentionLimits.NO_LIMITS);
    }
}
