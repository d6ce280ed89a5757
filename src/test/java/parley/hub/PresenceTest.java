package parley.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.protocol.Event;
import parley.protocol.Online;

class PresenceTest {

    private long now = 1;
    private int asked;
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
        presence.came("plaza", "bob");
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
        presence.came("plaza", "guest");
        presence.elsewhere("two", "plaza", List.of("alice", "bob"), List.of());
        told();
        presence.replace("two", Map.of("plaza", List.of("bob", "carol")));
        assertThat(told()).containsExactly(new Event.Presence("plaza", new Online(3, List.of("bob", "carol", "guest")), List.of("carol"),
                List.of("alice")));
    }

    @Test
    void ignoresWhoIsElsewhereInARoomThatNobodyHereListensTo() {
        presence.elsewhere("two", "plaza", List.of("alice"), List.of());
        presence.replace("two", Map.of("plaza", List.of("alice")));
        presence.replace("two", "plaza", List.of("alice"));
        assertThat(presence.held()).isEmpty();
        assertThat(presence.isOnline("plaza", "alice")).isFalse();
        assertThat(told()).isEmpty();
    }

    @Test
    void asksTheOthersWhenTheFirstListenerOfARoomArrives() {
        presence.askOthersBy(() -> asked++ >= 0);
        presence.came("plaza", "alice");
        presence.came("plaza", "bob");
        presence.came("cellar", "alice");
        assertThat(asked).isEqualTo(2);
        assertThat(presence.takeWanted()).containsExactlyInAnyOrder("plaza", "cellar");
        assertThat(presence.takeWanted()).isEmpty();
    }

    @Test
    void forgetsWhoIsElsewhereAfterTheLastListenerHere() {
        presence.askOthersBy(() -> asked++ >= 0);
        presence.came("plaza", "alice");
        presence.replace("two", "plaza", List.of("bob"));
        presence.went("plaza", "alice");
        told();
        assertThat(presence.held()).as("the listener may come back").containsExactly("plaza");
        now += Presence.LINGER;
        told();
        assertThat(presence.held()).isEmpty();
        assertThat(presence.takeWanted()).as("nobody needs it any more").isEmpty();
        presence.came("plaza", "alice");
        assertThat(asked).isEqualTo(2);
        assertThat(presence.online("plaza")).isEqualTo(new Online(1, List.of("alice")));
    }

    @Test
    void aLookAtARoomWaitsUntilTheOthersHaveAnswered() {
        presence.askOthersBy(() -> true);
        CompletableFuture<Void> look = presence.look("plaza");
        assertThat(presence.takeWanted()).containsExactly("plaza");
        assertThat(look).isNotDone();
        presence.replace("two", "plaza", List.of("bob"));
        presence.known(List.of("plaza"));
        assertThat(look).isCompleted();
        assertThat(presence.isOnline("plaza", "bob")).isTrue();
        assertThat(presence.look("plaza")).isCompleted();
        now += Presence.LOOK;
        told();
        assertThat(presence.held()).isEmpty();
    }

    @Test
    void aLookWaitsForNobodyIfTheOthersCanNotBeAsked() {
        assertThat(presence.look("plaza")).as("alone").isCompleted();
        presence.askOthersBy(() -> false);
        assertThat(presence.look("plaza")).as("without the broker").isCompleted();
    }

    @Test
    void looksHoldABoundedNumberOfRooms() {
        presence.askOthersBy(() -> true);
        for (int i = 0; i < Presence.MOST_LOOKED_AT; i++) {
            presence.look("room " + i);
        }
        assertThat(presence.look("one more")).isCompleted();
        assertThat(presence.held()).hasSize(Presence.MOST_LOOKED_AT);
        now += Presence.LOOK;
        told();
        presence.look("one more");
        assertThat(presence.held()).containsExactly("one more");
    }

    @Test
    void aSnapshotOfAHundredThousandPairsHoldsNoRoomForLong() throws Exception {
        IntStream.range(0, 1_000).forEach(room -> IntStream.range(0, 100).forEach(user -> presence.came("room-" + room, "user-" + user)));
        told();
        AtomicBoolean ended = new AtomicBoolean();
        Thread snapshots = Thread.ofPlatform().daemon().start(() -> {
            while (!ended.get()) {
                presence.here();
                presence.replace("two", Map.of());
            }
        });
        long[] times = new long[20_000];
        for (int i = 0; i < times.length; i++) {
            long start = System.nanoTime();
            presence.came("room-" + i % 1_000, "user-1");
            presence.online("room-" + i % 1_000);
            times[i] = System.nanoTime() - start;
        }
        ended.set(true);
        snapshots.join();
        IntStream.range(0, 10_000).forEach(user -> presence.came("crowd", "user-" + user));
        long longest = held(() -> presence.here(List.of("crowd")));
        long whole = held(presence::here);
        Arrays.sort(times);
        System.out.println("Presence of 100,000 pairs: a whole snapshot takes " + whole / 1_000 + " us, and holds a room of 10,000 for "
                + longest / 1_000 + " us; an arrival beside snapshots took " + times[times.length / 2] / 1_000 + " us (median), "
                + times[times.length * 999 / 1_000] / 1_000 + " us (p99.9), " + times[times.length - 1] / 1_000 + " us (longest)");
        assertThat(longest).isLessThan(TimeUnit.MILLISECONDS.toNanos(5));
        assertThat(times[times.length * 99 / 100]).as("99 % of the arrivals").isLessThan(TimeUnit.MILLISECONDS.toNanos(5));
    }

    // The shortest of some runs: what the scheduler adds is not the presence's.
    private static long held(Runnable work) {
        long shortest = Long.MAX_VALUE;
        for (int i = 0; i < 20; i++) {
            long start = System.nanoTime();
            work.run();
            shortest = Math.min(shortest, System.nanoTime() - start);
        }
        return shortest;
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
