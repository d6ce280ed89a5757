package parley.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.health.DatabaseWatch;
import parley.people.Access;
import parley.people.People;
import parley.protocol.Problem;
import parley.protocol.User;

/** Which erasures begin. */
class ErasuresTest {

    private static final Problem FULL = Problem.conflict("The access of 100000 people has ended.");

    private final Erasures erasures = new Erasures();
    private final List<String> stored = new ArrayList<>();

    @BeforeEach
    void inject() {
        with(erasures, "rows", new ErasureRows() {
            @Override
            Optional<Problem> add(Erasure erasure, String address, Supplier<Optional<Problem>> refusal) {
                Optional<Problem> refused = refusal.get();
                if (refused.isEmpty()) {
                    stored.add(erasure.person().orElseThrow());
                }
                return refused;
            }

            @Override
            List<String> names(String person) {
                return List.of();
            }

            @Override
            boolean isOpen(String person) {
                return false;
            }

            @Override
            List<Erasure> open() {
                return List.of();
            }
        });
        with(erasures, "access", new Access() {
            @Override
            public boolean isErased(String id) {
                return false;
            }

            @Override
            public Optional<Problem> set(String user, boolean allowed, String by, String address) {
                return Optional.of(FULL);
            }
        });
        with(erasures, "people", new People() {
            @Override
            public Optional<User> user(String id) {
                return Optional.of(new User(id, "Alice"));
            }

            @Override
            public boolean exists(String id) {
                return true;
            }
        });
        with(erasures, "database", new DatabaseWatch() {
            @Override
            public boolean isErasureReadByAll() {
                return true;
            }
        });
    }

    @Test
    void anErasureOfSomeoneWhoseAccessCannotEndIsNotStored() {
        Erasures.Wanted wanted = new Erasures.Wanted("alice", Erasure.Mode.ERASE, List.of(), false, false, "");
        assertThat(erasures.start(wanted, new User("carol", "Carol"), "")).isEqualTo(new Erasures.Outcome.Refused(FULL));
        assertThat(stored).as("it would be carried out later").isEmpty();
    }
}
