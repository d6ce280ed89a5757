package parley.erasure;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import parley.health.DatabaseWatch;
import parley.identity.Service;
import parley.people.Access;
import parley.people.People;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import parley.protocol.User;

/** Starts and watches erasures, and has their reports. Each call waits for the database. The caller has checked the rights. */
@ApplicationScoped
public class Erasures {

    /** The most further words of an erasure. */
    public static final int MOST_WORDS = 20;
    /** The most characters of a word; it has at least {@value #SHORTEST_WORD}. */
    public static final int LONGEST_WORD = 100;
    /** The fewest characters of a word. */
    public static final int SHORTEST_WORD = 3;
    /** The most erasures that wait or are being worked on. */
    public static final int MOST_OPEN = 10;

    private static final SecureRandom RANDOM = new SecureRandom();

    @Inject
    private ErasureRows rows;
    @Inject
    private SigningKey key;
    @Inject
    private Access access;
    @Inject
    private People people;
    @Inject
    private DatabaseWatch database;
    @Inject
    private Event<ErasureAsked> asked;

    /**
     * What an administrator asks for.
     *
     * @param person the user id
     * @param words that are replaced in everyone's texts, beside the names of the person
     * @param allDocuments whether documents are deleted in which others wrote too
     * @param keepsExports whether exports stay that name the person
     * @param reason for other administrators
     */
    public record Wanted(String person, Erasure.Mode mode, List<String> words, boolean allDocuments, boolean keepsExports, String reason) {}

    /** The outcome of {@link #start}. */
    public sealed interface Outcome {

        /** An instance works on it. */
        record Accepted(Erasure erasure) implements Outcome {}

        /** It is not done. */
        record Refused(Problem problem) implements Outcome {}
    }

    /** How far an erasure is, and what it did so far. */
    public record Progress(Erasure erasure, List<Amount> amounts) {}

    /**
     * How many of a kind were removed or changed.
     *
     * @param act {@code removed} or {@code changed}
     */
    public record Amount(String act, String kind, long amount) {}

    /** Starts an erasure, and ends the access of the person before. */
    public Outcome start(Wanted wanted, User by, String address) {
        Optional<Problem> refused = refusal(wanted, by);
        if (refused.isPresent()) {
            return new Outcome.Refused(refused.get());
        }
        Instant now = Instant.now();
        List<String> names = Stream.concat(people.user(wanted.person()).map(User::name).stream(), rows.names(wanted.person()).stream())
                .distinct().toList();
        Erasure erasure = new Erasure(ErasureRows.newId(now), wanted.mode(), Optional.of(wanted.person()), names, wanted.words(),
                Optional.of(random(16)), Erasure.PSEUDONYMS + random(8), wanted.allDocuments(), wanted.keepsExports(), wanted.reason(), by,
                now, Erasure.State.RUNNING, Erasure.Step.ACCESS, "", Optional.empty(), Optional.empty(), Optional.empty());
        // In one transaction: what is refused must not be carried out later.
        Optional<Problem> conflict = rows.add(erasure, address, () -> conflict(wanted.person())
                .or(() -> access.set(wanted.person(), false, by.id(), address)));
        if (conflict.isPresent()) {
            return new Outcome.Refused(conflict.get());
        }
        asked.fire(new ErasureAsked());
        return new Outcome.Accepted(erasure);
    }

    private Optional<Problem> refusal(Wanted wanted, User by) {
        if (by.id().equals(wanted.person())) {
            return Optional.of(Problem.forbidden("You can't erase yourself. Ask another administrator."));
        }
        if (Service.is(wanted.person())) {
            return Optional.of(Problem.conflict("This is a bot or a hook. Delete it instead."));
        }
        if (access.isErased(wanted.person())) {
            return Optional.of(Problem.conflict("This person was erased."));
        }
        if (!people.exists(wanted.person())) {
            return Optional.of(Problem.noSuchPerson());
        }
        return database.isErasureReadByAll() ? Optional.empty()
                : Optional.of(Problem.unavailable("An instance of an older version is still running."));
    }

    private Optional<Problem> conflict(String person) {
        if (rows.isOpen(person)) {
            return Optional.of(Problem.conflict("This person is being erased."));
        }
        return rows.open().size() < MOST_OPEN ? Optional.empty() : Optional.of(Problem.conflict(MOST_OPEN + " erasures wait already."));
    }

    private static String random(int bytes) {
        byte[] random = new byte[bytes];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    /** The last erasures, the newest first. */
    public List<Erasure> all() {
        return rows.all();
    }

    /** The erasure with this id, and what it did. */
    public Optional<Progress> find(String id) {
        return (TextRules.isStorable(id) ? rows.find(id) : Optional.<Erasure>empty()).map(erasure -> new Progress(erasure,
                rows.counts(id).stream().map(counted -> new Amount(counted.act(), counted.kind(), counted.amount())).toList()));
    }

    /**
     * The report of a complete erasure, two lines of JSON: the report, and its signature with the public key. Notes that it was read.
     */
    public Optional<String> report(String id, String by, String address) {
        Optional<Erasure> found = TextRules.isStorable(id) ? rows.find(id) : Optional.empty();
        return found.flatMap(erasure -> rows.report(id).map(signed -> {
            rows.audit(erasure, "erasure.report", by, address, "");
            return signed.report() + "\n{\"algorithm\":\"Ed25519\",\"key\":\"" + key.get().publicKey() + "\",\"signature\":\""
                    + signed.signature() + "\"}\n";
        }));
    }
}
