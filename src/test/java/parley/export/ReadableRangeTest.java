package parley.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.protocol.MemberChange;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomKind;
import parley.protocol.User;

/** How much of a room's log a person could read in a span of time. */
class ReadableRangeTest {

    private static final Instant LATE = Story.at(1_000);

    private static long upTo(Story story, User person, Optional<Instant> from, Instant to) {
        ReadableRange fold = new ReadableRange("r", person.id(), from, to);
        story.events().forEach(fold::apply);
        return fold.upTo(story.last());
    }

    private static long upTo(Story story, User person) {
        return upTo(story, person, Optional.empty(), LATE);
    }

    @Test
    void aStrangerReadsNothingOfAPrivateRoom() {
        assertThat(upTo(new Story(RoomKind.PRIVATE).posts(5), Story.BOB)).isZero();
    }

    @Test
    void aDirectRoomIsItsPeoples() {
        Story story = new Story(RoomKind.DIRECT).joins(Story.BOB).posts(5);
        assertThat(upTo(story, Story.CAROL)).isZero();
        assertThat(upTo(story, Story.BOB)).isEqualTo(8);
    }

    @Test
    void aMemberReadsWhatWasBeforeTheJoinToo() {
        assertThat(upTo(new Story(RoomKind.PRIVATE).posts(5).joins(Story.BOB), Story.BOB)).isEqualTo(8);
    }

    @Test
    void aFormerMemberReadsNothingFromTheLeaveOn() {
        Story story = new Story(RoomKind.PRIVATE).joins(Story.BOB).posts(5).leaves(Story.BOB).posts(5);
        assertThat(upTo(story, Story.BOB)).isEqualTo(8);
    }

    @Test
    void aMemberWhoLeftBeforeTheSpanReadsNothingInIt() {
        Story story = new Story(RoomKind.PRIVATE).joins(Story.BOB).leaves(Story.BOB).posts(5);
        assertThat(upTo(story, Story.BOB, Optional.of(Story.at(4)), LATE)).isZero();
        assertThat(upTo(story, Story.BOB, Optional.of(Story.at(4).minusMillis(1)), LATE)).isEqualTo(3);
    }

    @Test
    void aMemberWhoJoinsAtTheEndOfTheSpanReadsNothingInIt() {
        Story story = new Story(RoomKind.PRIVATE).joins(Story.BOB).posts(5);
        assertThat(upTo(story, Story.BOB, Optional.empty(), Story.at(3))).isZero();
        assertThat(upTo(story, Story.BOB, Optional.empty(), Story.at(3).plusMillis(1))).isEqualTo(8);
    }

    @Test
    void aBannedPersonReadsNothingOfAPublicRoomWhileTheBanLasts() {
        Story story = new Story(RoomKind.PUBLIC).posts(2).bans(Story.BOB, Optional.of(Story.at(50))).posts(95);
        assertThat(upTo(story, Story.BOB, Optional.of(Story.at(10)), Story.at(50))).isZero();
        assertThat(upTo(story, Story.BOB, Optional.of(Story.at(10)), Story.at(60))).isEqualTo(100);
        assertThat(upTo(story, Story.CAROL)).isEqualTo(100);
    }

    @Test
    void aBanForeverEndsWhatAMemberReads() {
        assertThat(upTo(new Story(RoomKind.PUBLIC).joins(Story.BOB).posts(3).bans(Story.BOB, Optional.empty()).posts(9), Story.BOB))
                .isEqualTo(6);
    }

    @Test
    void aPublicRoomThatBecomesPrivateEndsWhatStrangersRead() {
        Story story = new Story(RoomKind.PUBLIC).posts(3).of(Story.ALICE, Story.kind(RoomKind.PRIVATE)).posts(4);
        assertThat(upTo(story, Story.BOB)).isEqualTo(5);
        assertThat(upTo(story, Story.ALICE)).isEqualTo(10);
    }

    @Test
    void guestsRead() {
        Story story = new Story(RoomKind.PRIVATE).of(Story.ALICE, new MemberChange.Joined(Story.BOB, Role.GUEST)).posts(1);
        assertThat(upTo(story, Story.BOB)).isEqualTo(4);
    }

    @Test
    void aClosedRoomIsReadableUpToItsEnd() {
        Story story = new Story(RoomKind.PRIVATE).posts(3).of(Story.ALICE, new RoomChange.Closed());
        assertThat(upTo(story, Story.ALICE)).isEqualTo(5);
        assertThat(upTo(story, Story.ALICE, Optional.of(Story.at(6)), LATE)).isZero();
    }
}
