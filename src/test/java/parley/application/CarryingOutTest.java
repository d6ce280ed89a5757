package parley.application;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import parley.application.PendingCommands.Pending;
import parley.journal.Receipt;
import parley.metrics.Metrics;
import parley.protocol.Problem;
import parley.room.Proposal;

/** Changes of committed transactions, with a journal that refuses for some time. */
class CarryingOutTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Instant LATER = NOW.plus(CarryingOut.PATIENCE).plusSeconds(1);

    private final Map<Long, String> table = new TreeMap<>();
    private final List<String> stored = new ArrayList<>();
    private final List<String> refusing = new ArrayList<>();
    private boolean isAway;
    private final CarryingOut carryingOut = new CarryingOut(this::decide, new PendingCommands() {
        @Override
        public List<Row> before(Instant time, int most) {
            return new ArrayList<>(table.entrySet().stream().map(row -> new Row(row.getKey(), row.getValue())).toList());
        }

        @Override
        public void remove(Collection<Long> done) {
            if (isAway) {
                throw new IllegalStateException("the database is away");
            }
            table.keySet().removeAll(done);
        }
    }, new Metrics());

    private CompletableFuture<Receipt> decide(Proposal proposal) {
        String text = proposal.room() + " " + ((PostAsService) proposal).message().text();
        if (isAway) {
            return CompletableFuture.completedFuture(new Receipt.Refused(Problem.unavailable("away")));
        }
        if (refusing.contains(proposal.room())) {
            return CompletableFuture.completedFuture(new Receipt.Refused(Problem.noSuchRoom()));
        }
        stored.add(text);
        return CompletableFuture.completedFuture(new Receipt.Committed(stored.size()));
    }

    private void commits(long id, String room, String text) {
        ServiceRequest.Change change = (ServiceRequest.Change) ServiceRequest.of(Map.of("do", "post", "service", "orders", "serviceName",
                "Orders", "room", room, "text", text, "key", "k" + id, "mentions", List.of(), "thread", 0L));
        table.put(id, change.text());
        carryingOut.afterCommit(List.of(new Pending(id, change)), NOW);
    }

    @Test
    void removesWhatARoomRefusesForGood() {
        refusing.add("closed");
        commits(1, "closed", "a");
        carryingOut.removeDone();
        assertThat(table).isEmpty();
        assertThat(stored).isEmpty();
    }

    @Test
    void carriesOutAtOnceAndRemovesTheRow() {
        commits(1, "plaza", "a");
        commits(2, "plaza", "b");
        assertThat(stored).containsExactly("plaza a", "plaza b");
        carryingOut.removeDone();
        assertThat(table).isEmpty();
    }

    @Test
    void keepsTheOrderOfARoomThatHadToWait() {
        isAway = true;
        commits(1, "plaza", "a");
        isAway = false;
        commits(2, "plaza", "b");
        commits(3, "garden", "c");
        assertThat(stored).containsExactly("garden c");
        carryingOut.removeDone();

        carryingOut.sweep(true, LATER);
        assertThat(stored).containsExactly("garden c", "plaza a", "plaza b");
        carryingOut.removeDone();
        assertThat(table).isEmpty();

        commits(4, "plaza", "d");
        assertThat(stored).as("held until a sweep finds nothing").hasSize(3);
        carryingOut.sweep(true, LATER);
        carryingOut.removeDone();
        carryingOut.sweep(true, LATER.plusSeconds(1));
        commits(5, "plaza", "e");
        assertThat(stored).endsWith("plaza d", "plaza e");
    }

    @Test
    void sweepsNoLaterChangeOfARoomThatStillWaits() {
        isAway = true;
        commits(1, "plaza", "a");
        commits(2, "plaza", "b");
        carryingOut.sweep(true, LATER);
        isAway = false;
        carryingOut.sweep(false, LATER);
        assertThat(stored).as("another instance sweeps").isEmpty();
        carryingOut.sweep(true, LATER);
        assertThat(stored).containsExactly("plaza a", "plaza b");
    }

    @Test
    void removesARowThatCouldNotBeRemovedBefore() {
        commits(1, "plaza", "a");
        isAway = true;
        assertThatThrownBy(carryingOut::removeDone).isInstanceOf(IllegalStateException.class);
        isAway = false;
        carryingOut.sweep(true, LATER);
        assertThat(stored).as("not done twice").hasSize(1);
        carryingOut.removeDone();
        assertThat(table).isEmpty();
    }
}
