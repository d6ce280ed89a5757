package parley.imports;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import parley.protocol.User;

/** Starting, watching and cancelling imports. Each call waits for the database. The caller has checked that an administrator asks. */
@ApplicationScoped
public class Imports {

    /** The most imports that wait or run. */
    public static final int MOST_OPEN = 10;

    private static final Pattern SOURCE = Pattern.compile("[a-z0-9][a-z0-9-]{0,29}");

    @Inject
    private ImportFolder folder;
    @Inject
    private ImportRows rows;

    /**
     * What an administrator asks for.
     *
     * @param source names the other system: imports of the same source share their rooms
     * @param people the name of the file that maps people
     * @param keeps whether messages of people who are not mapped are kept
     */
    public record Wanted(String source, ImportJob.Format format, String file, Optional<String> people, boolean dryRun, boolean keeps) {}

    /** The outcome of {@link #start}. */
    public sealed interface Started {

        /** It waits for an instance. */
        record Waiting(ImportJob job) implements Started {}

        /** It was not started. */
        record Refused(Problem problem) implements Started {}
    }

    /** Starts an import. The files must be in the folder of this instance. */
    public Started start(Wanted wanted, User by, String address) {
        Optional<Problem> refused = refusal().or(() -> refusal(wanted));
        if (refused.isPresent()) {
            return new Started.Refused(refused.get());
        }
        Instant now = Instant.now();
        ImportJob job = new ImportJob(ImportRows.newId(now), wanted.source(), wanted.format(), wanted.file(), wanted.people(),
                wanted.dryRun(), wanted.keeps(), by, now, ImportJob.State.WAITING, false, Optional.empty(), Optional.empty(),
                Optional.empty(), Optional.empty(), 0, 0, 0, 0, "[]");
        rows.add(job, address);
        return new Started.Waiting(job);
    }

    private Optional<Problem> refusal(Wanted wanted) {
        if (!SOURCE.matcher(wanted.source()).matches()) {
            return Optional.of(Problem.badRequest("`source` must be 1 to 30 small letters, digits or -."));
        }
        if (folder.file(wanted.file()).isEmpty()) {
            return Optional.of(Problem.badRequest("`file` must be the name of a file in the folder for imports of this instance."));
        }
        if (wanted.people().isPresent() && folder.file(wanted.people().get()).isEmpty()) {
            return Optional.of(Problem.badRequest("`people` must be the name of a file in the folder for imports of this instance."));
        }
        return rows.open().size() < MOST_OPEN ? Optional.empty()
                : Optional.of(Problem.conflict(MOST_OPEN + " imports wait already."));
    }

    /** Why nothing is imported here. */
    public Optional<Problem> refusal() {
        return folder.isThere() ? Optional.empty() : Optional.of(Problem.conflict("`parley.imports.folder` is not set."));
    }

    /** All imports, the newest first; old ones are forgotten. */
    public List<ImportJob> all() {
        return rows.all();
    }

    /** The import with this id. */
    public Optional<ImportJob> find(String id) {
        return TextRules.isStorable(id) ? rows.find(id) : Optional.empty();
    }

    /** Ends an import after its present step. What it stored stays, and starting it again goes on. Returns false if there is none. */
    public boolean cancel(String id, String by, String address) {
        if (find(id).isEmpty()) {
            return false;
        }
        rows.cancel(id, by, address, Instant.now());
        return true;
    }
}
