package parley.scim;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import parley.people.Access;
import parley.people.SignIns;
import parley.protocol.Problem;
import parley.protocol.User;
import parley.settings.Settings;
import parley.sql.DatabaseFailure;

/** What the company's directory asks for. Each call but {@link #refuses} waits for the database. Safe for every thread. */
@ApplicationScoped
public class Provisioning {

    /** The most resources of one page. */
    public static final int LARGEST_PAGE = 100;
    /** Who changes access and rooms for the directory. */
    static final User DIRECTORY = new User(Access.DIRECTORY, "SCIM");

    private Settings settings;
    private ScimRows rows;
    private Access access;
    private SignIns signIns;

    /** For the container's proxy. */
    protected Provisioning() {
    }

    @Inject
    Provisioning(Settings settings, ScimRows rows, Access access, SignIns signIns) {
        this.settings = settings;
        this.rows = rows;
        this.access = access;
        this.signIns = signIns;
    }

    /** A page of a list; {@code total} counts all. */
    public record Page<T>(List<T> resources, long total, int start) {}

    /** Whether SCIM is on. */
    public boolean isOn() {
        return settings.scim().isOn();
    }

    /** Whether this is not the token of the directory. Takes the same time for every token of a length. */
    public boolean refuses(Optional<String> token) {
        byte[] given = token.orElse("").getBytes(StandardCharsets.UTF_8);
        return !isOn() || !MessageDigest.isEqual(given, settings.scim().token().getBytes(StandardCharsets.UTF_8));
    }

    private static Instant now() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** One user. */
    public Optional<ScimUser> user(String id) {
        return rows.user(id);
    }

    /** Users in the order in which they were added: those that a filter finds, or all. */
    public ScimOutcome<Page<ScimUser>> users(Optional<String> filter, int start, int count) {
        Optional<ScimFilter> read = filter.flatMap(text -> ScimFilter.of(text, ScimRows.USER_FILTERS));
        if (filter.isPresent() && read.isEmpty()) {
            return new ScimOutcome.Refused<>(ScimProblem.filter());
        }
        ScimRows.Found<ScimUser> found = rows.users(read, start, Math.min(count, LARGEST_PAGE));
        return new ScimOutcome.Done<>(new Page<>(found.page(), found.total(), start));
    }

    /** Adds a user, who can be found by others from then on. */
    public ScimOutcome<ScimUser> add(UserChange given, String address) {
        // A directory that still has an erased person must not bring the name back.
        if (rows.person(given).filter(access::isErased).isPresent()) {
            return new ScimOutcome.Refused<>(ScimProblem.taken("This person was erased."));
        }
        return settled(again(() -> rows.add(given, now())), true, address);
    }

    /** Changes a user. */
    public ScimOutcome<ScimUser> change(String id, UserChange given, String address) {
        // Also if it changes nothing: the process may have been killed between the two transactions, and this is the next attempt.
        return settled(again(() -> rows.change(id, given, now())), given.active().isPresent(), address);
    }

    // Two requests at the same time may add the same row, also of what is due after a deletion. The second attempt finds it.
    private static <T> T again(Supplier<T> change) {
        try {
            return change.get();
        } catch (RuntimeException refused) {
            if (!DatabaseFailure.concernsData(refused)) {
                throw refused;
            }
            return change.get();
        }
    }

    private ScimOutcome<ScimUser> settled(ScimOutcome<ScimUser> outcome, boolean setsAccess, String address) {
        if (!(outcome instanceof ScimOutcome.Done<ScimUser> done)) {
            return outcome;
        }
        ScimUser user = done.resource();
        signIns.introduce(new User(user.person(), user.displayName()));
        // The directory gives back only what it took.
        boolean sets = setsAccess && (!user.active() || access.isEndedBy(user.person(), DIRECTORY.id()));
        Optional<Problem> refused = sets ? access.set(user.person(), user.active(), DIRECTORY.id(), address) : Optional.empty();
        return refused.map(Provisioning::refused).orElse(outcome);
    }

    private static ScimOutcome<ScimUser> refused(Problem problem) {
        return new ScimOutcome.Refused<>(new ScimProblem(problem.code().status(), "", problem.message()));
    }

    /** Deletes a user, whose access ends. A user whose access can't end stays. */
    public ScimOutcome<ScimUser> deleteUser(String id, String address) {
        // The access first, so that a failure in between is repaired by the directory's next attempt.
        Optional<Problem> refused = rows.user(id).flatMap(user -> access.set(user.person(), false, DIRECTORY.id(), address));
        return refused.map(Provisioning::refused).orElseGet(() -> again(() -> rows.deleteUser(id))
                .<ScimOutcome<ScimUser>>map(ScimOutcome.Done::new).orElseGet(() -> new ScimOutcome.Refused<>(ScimProblem.missing())));
    }

    /** One group. */
    public Optional<ScimGroup> group(String id) {
        return rows.group(id);
    }

    /** Groups without their members, as {@link #users}. */
    public ScimOutcome<Page<ScimGroup>> groups(Optional<String> filter, int start, int count) {
        Optional<ScimFilter> read = filter.flatMap(text -> ScimFilter.of(text, ScimRows.GROUP_FILTERS));
        if (filter.isPresent() && read.isEmpty()) {
            return new ScimOutcome.Refused<>(ScimProblem.filter());
        }
        ScimRows.Found<ScimGroup> found = rows.groups(read, start, Math.min(count, LARGEST_PAGE));
        return new ScimOutcome.Done<>(new Page<>(found.page(), found.total(), start));
    }

    /** Adds a group. */
    public ScimOutcome<ScimGroup> add(GroupChange given) {
        return again(() -> rows.add(given, now()));
    }

    /** Changes a group. Its rooms follow soon. */
    public ScimOutcome<ScimGroup> change(String id, GroupChange given) {
        return again(() -> rows.change(id, given, now()));
    }

    /** Deletes a group. Returns false if there is none. */
    public boolean deleteGroup(String id) {
        return again(() -> rows.deleteGroup(id));
    }
}
