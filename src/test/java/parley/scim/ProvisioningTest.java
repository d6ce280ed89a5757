package parley.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.PersistenceException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import parley.people.Access;
import parley.people.SignIns;
import parley.protocol.Problem;
import parley.protocol.User;

/** What becomes of the access of a user whom the directory adds and changes, also if the database goes away in the middle. */
class ProvisioningTest {

    private final Map<String, ScimUser> users = new HashMap<>();
    private final Map<String, String> endedBy = new HashMap<>();
    private final List<String> introduced = new ArrayList<>();
    private boolean isErased;
    /** Whether another request adds the same row as the next deletion. */
    private boolean meets;
    private boolean isAway;
    /** Whether the access of no further person can end. */
    private boolean isFull;

    private final Provisioning provisioning = new Provisioning(null, new ScimRows() {
        @Override
        Optional<String> person(UserChange given) {
            return given.userName();
        }

        @Override
        Optional<ScimUser> user(String id) {
            return Optional.ofNullable(users.get(id));
        }

        @Override
        ScimOutcome<ScimUser> add(UserChange given, Instant now) {
            String name = given.userName().orElseThrow();
            users.put("1", new ScimUser("1", name, name, Optional.empty(), name, given.active().orElse(true), now, now));
            return new ScimOutcome.Done<>(users.get("1"));
        }

        @Override
        Optional<ScimUser> deleteUser(String id) {
            meetsOnce();
            return Optional.ofNullable(users.remove(id));
        }

        @Override
        boolean deleteGroup(String id) {
            meetsOnce();
            return true;
        }

        @Override
        ScimOutcome<ScimUser> change(String id, UserChange given, Instant now) {
            return new ScimOutcome.Done<>(users.computeIfPresent(id, (same, user) -> user.with(given, now)));
        }
    }, new Access() {
        @Override
        public boolean isErased(String id) {
            return isErased;
        }

        @Override
        public boolean isEndedBy(String user, String by) {
            return by.equals(endedBy.get(user));
        }

        @Override
        public Optional<Problem> set(String user, boolean allowed, String by, String address) {
            if (isAway) {
                throw new IllegalStateException("The database is away");
            }
            if (isFull) {
                return Optional.of(Problem.conflict("Full."));
            }
            if (allowed) {
                endedBy.remove(user);
            } else {
                endedBy.putIfAbsent(user, by);
            }
            return Optional.empty();
        }
    }, new SignIns() {
        @Override
        public void introduce(User person) {
            introduced.add(person.id());
        }
    });

    private void meetsOnce() {
        if (meets) {
            meets = false;
            throw new PersistenceException(new SQLException("The row is there already", "23505"));
        }
    }

    private static UserChange active(boolean active) {
        return new UserChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(active));
    }

    private static UserChange named(String name) {
        return new UserChange(Optional.of(name), Optional.empty(), Optional.empty(), Optional.empty());
    }

    @Test
    void theNextAttemptEndsTheAccessThatTheFirstOneDidNot() {
        provisioning.add(named("alice"), "");
        isAway = true;
        assertThatThrownBy(() -> provisioning.change("1", active(false), "")).isInstanceOf(IllegalStateException.class);
        isAway = false;
        assertThat(provisioning.change("1", active(false), "")).isInstanceOf(ScimOutcome.Done.class);
        assertThat(endedBy).containsEntry("alice", "scim");
    }

    @Test
    void theNextAttemptGivesBackTheAccessThatTheFirstOneDidNot() {
        provisioning.add(named("alice"), "");
        provisioning.change("1", active(false), "");
        isAway = true;
        assertThatThrownBy(() -> provisioning.change("1", active(true), "")).isInstanceOf(IllegalStateException.class);
        isAway = false;
        provisioning.change("1", active(true), "");
        assertThat(endedBy).isEmpty();
    }

    @Test
    void theDirectoryNeverGivesBackWhatAnAdministratorTook() {
        provisioning.add(named("alice"), "");
        endedBy.put("alice", "carol");
        provisioning.change("1", active(true), "");
        provisioning.change("1", named("alicia"), "");
        assertThat(endedBy).containsEntry("alice", "carol");
    }

    @Test
    void aDeletionThatMeetsAnotherRequestIsRepeated() {
        provisioning.add(named("alice"), "");
        meets = true;
        assertThat(provisioning.deleteUser("1", "")).isInstanceOf(ScimOutcome.Done.class);
        meets = true;
        assertThat(provisioning.deleteGroup("1")).isTrue();
    }

    @Test
    void aUserWhoseAccessCannotEndStays() {
        provisioning.add(named("alice"), "");
        isFull = true;
        assertThat(provisioning.deleteUser("1", "")).isEqualTo(new ScimOutcome.Refused<ScimUser>(new ScimProblem(409, "", "Full.")));
        assertThat(users).containsKey("1");
    }

    @Test
    void anErasedPersonStaysErased() {
        isErased = true;
        assertThat(provisioning.add(named("alice"), "")).isEqualTo(
                new ScimOutcome.Refused<ScimUser>(ScimProblem.taken("This person was erased.")));
        assertThat(users).isEmpty();
        assertThat(introduced).isEmpty();
    }
}
