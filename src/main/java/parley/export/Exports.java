package parley.export;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import parley.protocol.Problem;
import parley.protocol.TextRules;
import parley.protocol.User;
import parley.settings.Settings;

/**
 * Starting, watching, downloading and deleting exports. Each call waits for the database. The caller has checked that an administrator
 * asks; what is named {@code own} is for the person who asks.
 */
@ApplicationScoped
public class Exports {

    /** The most exports of administrators that wait or run. */
    public static final int MOST_OPEN = 10;
    /** The most people whose own exports wait or run. */
    public static final int MOST_OWN = 1_000;
    /** How often people may export their own data. */
    public static final Duration OWN_EVERY = Duration.ofDays(1);

    @Inject
    private ExportRows rows;
    @Inject
    private ExportFiles files;
    @Inject
    private Settings settings;

    /** The outcome of starting an export. */
    public sealed interface Started {

        /** It waits for an instance. */
        record Waiting(ExportJob job) implements Started {}

        /** It was not started. */
        record Refused(Problem problem) implements Started {}
    }

    /** Starts an export for an administrator. */
    public Started start(ExportRequest request, User by, String address) {
        Instant now = Instant.now();
        if (request.to().isAfter(now)) {
            return new Started.Refused(Problem.badRequest("`to` must not be in the future."));
        }
        if (request.from().isPresent() && !request.from().get().isBefore(request.to())) {
            return new Started.Refused(Problem.badRequest("`from` must be before `to`."));
        }
        return start(request, Optional.empty(), by, address, now);
    }

    /** Starts the same export again, up to the same places of the logs. */
    public Started repeat(String id, User by, String address) {
        return find(id).<Started>map(before -> before.began().isEmpty()
                ? new Started.Refused(Problem.conflict("This export has not begun."))
                : start(before.request(), Optional.of(id), by, address, Instant.now()))
                .orElseGet(() -> new Started.Refused(Problem.notFound()));
    }

    private Started start(ExportRequest request, Optional<String> repeats, User by, String address, Instant now) {
        return add(request, repeats, by, address, now, () -> rows.open().stream().filter(job -> !job.request().own()).count() < MOST_OPEN
                ? Optional.empty() : Optional.of(Problem.conflict(MOST_OPEN + " exports wait already.")));
    }

    private Started add(ExportRequest request, Optional<String> repeats, User by, String address, Instant now,
                        Supplier<Optional<Problem>> refusal) {
        ExportJob job = new ExportJob(ExportRows.newId(now), request, by, now, ExportJob.State.WAITING, false, Optional.empty(),
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0, 0, 0, 0, 0, 0, Optional.empty());
        return rows.add(job, repeats, address, refusal).<Started>map(Started.Refused::new).orElseGet(() -> new Started.Waiting(job));
    }

    /** The exports of administrators, the newest first; old ones are forgotten. */
    public List<ExportJob> all() {
        return rows.all();
    }

    /** An export of an administrator. */
    public Optional<ExportJob> find(String id) {
        return TextRules.isStorable(id) ? rows.find(id).filter(job -> !job.request().own()) : Optional.empty();
    }

    /** Ends an export that is not complete, and removes the files of one that is. Returns false if there is no such export. */
    public boolean delete(String id, String by, String address) {
        Optional<ExportJob> job = find(id);
        job.ifPresent(found -> rows.delete(found, Optional.of(by), address));
        return job.isPresent();
    }

    /** Whether people may export their own data. */
    public boolean isOwnAllowed() {
        return settings.exports().own();
    }

    /** Starts the export of a person's own data, one at a time and one a day. */
    public Started startOwn(User person, String address) {
        Instant now = Instant.now();
        return add(ExportRequest.ownOf(person.id(), now), Optional.empty(), person, address, now, () -> refusal(person.id(), now));
    }

    private Optional<Problem> refusal(String person, Instant now) {
        Optional<ExportJob> last = rows.lastOwn(person);
        if (last.filter(ExportJob::isOpen).isPresent()) {
            return Optional.of(Problem.conflict("Your data is being exported."));
        }
        Optional<Instant> next = last.filter(job -> job.state() == ExportJob.State.DONE || job.state() == ExportJob.State.DELETED)
                .map(job -> job.created().plus(OWN_EVERY)).filter(now::isBefore);
        if (next.isPresent()) {
            return Optional.of(Problem.rateLimited("You can export your data once a day.", Duration.between(now, next.get()).toMillis()));
        }
        return rows.open().stream().filter(job -> job.request().own()).count() < MOST_OWN ? Optional.empty()
                : Optional.of(Problem.unavailable("Too many people export their data now. Try again later."));
    }

    /** The last export of a person's own data. */
    public Optional<ExportJob> own(String person) {
        return rows.lastOwn(person);
    }

    /** The same, if it has this id. */
    public Optional<ExportJob> own(String person, String id) {
        return own(person).filter(job -> job.id().equals(id));
    }

    /** Ends or deletes the export of a person's own data. Returns false if there is none with this id. */
    public boolean deleteOwn(String person, String id, String address) {
        Optional<ExportJob> job = own(person, id);
        job.ifPresent(found -> rows.delete(found, Optional.of(person), address));
        return job.isPresent();
    }

    /**
     * An archive that can be downloaded.
     *
     * @param tag changes with the bytes
     */
    public record Download(String tag, long length, Function<Range, InputStream> bytes) {

        /** The bytes of a range. They are made while they are read; an {@link IOException} if the export is deleted meanwhile. */
        public InputStream open(long from, long count) {
            return bytes.apply(new Range(from, count));
        }
    }

    /** A range of an archive. */
    public record Range(long from, long length) {}

    /** The archive of a complete export; empty for others. Notes the download. */
    public Optional<Download> download(ExportJob job, String by, String address) {
        Optional<ExportedFile> last = job.state() == ExportJob.State.DONE ? files.last(job.id()) : Optional.empty();
        return last.map(manifest -> {
            rows.audit("export.downloaded", by, job, address);
            ExportFiles.Totals totals = files.totals(job.id());
            Archive.Shape shape = Archive.shape(totals.files(), totals.paths(), manifest);
            return new Download(job.digest().orElseThrow(), shape.length(),
                    range -> Archive.open(shape, source(job.id()), range.from(), range.length()));
        });
    }

    private Archive.Source source(String id) {
        return new Archive.Source() {
            @Override
            public List<ExportedFile> from(long at) {
                return files.fromByte(id, at);
            }

            @Override
            public byte[] part(ExportedFile file, int part) throws IOException {
                return files.part(id, file, part);
            }
        };
    }
}
