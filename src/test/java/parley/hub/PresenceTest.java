package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.protocol.Event;
import parley.protocol.Online;

class PresenceTest {

    private long now = 1;
    private final Presence presence = new Presence(() -> now);

    @Test
    void keepsABoundedNumberOfChangesThatNobodyTakes() {
        for (int i = 0; i <= Presence.MOST_ANNOUNCEMENTS; i++) {
            presence.came("room" + i, "alice");
        }
        told();
        assertThat(presence.announcements()).as("they are too many, so a snapshot is needed").isEmpty();
        presence.came("plaza", "bob");
        told();
        assertThat(presence.announcements().orElseThrow()).hasSize(1);
    }

    @Test
    void aReconnectTellsNobodyAnything() {
        presence.came("plaza", "alice");
        told();
        presence.went("plaza", "alice");
        assertThat(told()).isEmpty();
        presence.came("plaza", "alice");
        assertThat(told()).isEmpty();
        assertThat(presence.announcements().orElseThrow()).containsExactly(new Presence.Change("plaza", List.of("alice"), List.of()));
    }

    @Test
    void aUserWhoDoesNotReturnGoesOfflineWhenLingeringEnds() {
        presence.came("plaza", "alice");
        presence.came("plaza", "bob");
        told();
        presence.announcements();
        presence.went("plaza", "bob");
        now += Presence.LINGER - 1;
        assertThat(told()).as("one nanosecond before the end").isEmpty();
        assertThat(presence.isOnline("plaza", "bob")).isTrue();
        now++;
        assertThat(told()).containsExactly(new Event.Presence("plaza", new Online(1, List.of("alice")), List.of(), List.of("bob")));
        assertThat(presence.announcements().orElseThrow()).containsExactly(new Presence.Change("plaza", List.of(), List.of("bob")));
        assertThat(presence.isOnline("plaza", "bob")).isFalse();
    }

    @Test
    void lingeringBeginsWithTheLastConnectionOfAUser() {
        presence.came("plaza", "alice");
        presence.came("plaza", "alice");
        told();
        presence.went("plaza", "alice");
        now += 2 * Presence.LINGER;
        assertThat(told()).as("another connection is still there").isEmpty();
        presence.went("plaza", "alice");
        now += Presence.LINGER - 1;
        assertThat(told()).isEmpty();
        now++;
        assertThat(told()).hasSize(1);
    }

    @Test
    void aReturnEndsLingering() {
        presence.came("plaza", "alice");
        told();
        presence.went("plaza", "alice");
        now += Presence.LINGER - 1;
        presence.came("plaza", "alice");
        now += 2 * Presence.LINGER;
        assertThat(told()).isEmpty();
        assertThat(presence.isOnline("plaza", "alice")).isTrue();
    }

    @Test
    void manyWhoComeAtOnceAreOneEvent() {
        presence.came("plaza", "alice");
        presence.came("plaza", "bob");
        presence.came("plaza", "bob");
        assertThat(told()).containsExactly(new Event.Presence("plaza", new Online(2, List.of("alice", "bob")), List.of("alice", "bob"),
                List.of()));
        assertThat(told()).isEmpty();
    }

    @Test
    void whoeverIsAlsoElsewhereNeitherComesNorGoes() {
        presence.elsewhere("two", "plaza", List.of("alice"), List.of());
        assertThat(told()).hasSize(1);
        presence.came("plaza", "alice");
        assertThat(told()).isEmpty();
        presence.elsewhere("two", "plaza", List.of(), List.of("alice"));
        assertThat(told()).isEmpty();
        assertThat(presence.isOnline("plaza", "alice")).isTrue();
    }

    @Test
    void aNodeThatIsNoMoreTakesItsUsersWithIt() {
        presence.came("plaza", "alice");
        presence.elsewhere("two", "plaza", List.of("bob"), List.of());
        presence.elsewhere("three", "plaza", List.of("carol"), List.of());
        told();
        presence.gone("two");
        assertThat(told()).containsExactly(new Event.Presence("plaza", new Online(2, List.of("alice", "carol")), List.of(),
                List.of("bob")));
    }

    @Test
    void aSnapshotStandsForAllThatWasToldBefore() {
        presence.elsewhere("two", "plaza", List.of("alice", "bob"), List.of());
        told();
        presence.replace("two", Map.of("plaza", List.of("bob", "carol")));
        assertThat(told()).containsExactly(new Event.Presence("plaza", new Online(2, List.of("bob", "carol")), List.of("carol"),
                List.of("alice")));
    }

    @Test
    void aCrowdIsCountedAndToldNowAndThen() {
        IntStream.rangeClosed(0, Online.LISTED).forEach(n -> presence.came("plaza", "user-" + n));
        assertThat(told()).containsExactly(new Event.Presence("plaza", new Online(Online.LISTED + 1, List.of()), List.of(), List.of()));
        presence.came("plaza", "late");
        assertThat(told()).as("too soon after the last").isEmpty();
        assertThat(presence.online("plaza").count()).isEqualTo(Online.LISTED + 2);
        now += Presence.CROWD;
        assertThat(told()).containsExactly(new Event.Presence("plaza", new Online(Online.LISTED + 2, List.of()), List.of(), List.of()));
    }

    @Test
    void everyoneHereIsInTheSnapshot() {
        presence.came("plaza", "alice");
        presence.elsewhere("two", "plaza", List.of("bob"), List.of());
        told();
        assertThat(presence.here()).isEqualTo(Map.of("plaza", List.of("alice")));
    }

    private List<Event.Presence> told() {
        List<Event.Presence> events = new ArrayList<>();
        presence.tick(events::add);
        return events;
    }
}
