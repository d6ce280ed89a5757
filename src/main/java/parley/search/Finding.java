package parley.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.AlreadyClosedException;
import parley.content.FileContents;
import parley.identity.Caller;
import parley.journal.Views;
import parley.message.History;
import parley.message.MessagePlace;
import parley.metrics.Counter;
import parley.metrics.Histogram;
import parley.metrics.Metrics;
import parley.protocol.Message;
import parley.protocol.Problem;
import parley.protocol.SearchPage;
import parley.room.RoomPolicy;
import parley.room.Rooms;
import parley.settings.Settings;
import parley.threads.SearchPool;

/**
 * Searches for callers, in the rooms that they may read now. Never waits; a thread of the search pool searches. A future fails when too
 * many searches wait, or when the database can't be read.
 */
@ApplicationScoped
public class Finding {

    /** The most rooms that a person is in, and the most public rooms, that one search reads. Beyond this it is partial. */
    static final int MOST_ROOMS = 10_000;
    /** Searches of a person at the same time. The page sends one for each part that a person types. */
    private static final int MOST_OF_A_PERSON = 6;
    private static final long RETRY_MILLIS = 1_000;
    /** How often a page is filled up after messages were dropped. */
    private static final int MOST_ROUNDS = 5;

    @Inject
    private Settings settings;
    @Inject
    private Indexing indexing;
    @Inject
    private Views views;
    @Inject
    private Rooms rooms;
    @Inject
    private History history;
    @Inject
    private FileContents contents;
    @Inject
    private FindingDocuments documents;
    @Inject
    private SearchPool threads;

    /** How many searches of a person wait or run. */
    private final Map<String, Integer> inProgress = new ConcurrentHashMap<>();
    private Histogram times;
    private Counter partial;
    private Counter dropped;

    /** For the container's proxy. */
    protected Finding() {
    }

    @Inject
    Finding(Metrics metrics) {
        times = metrics.times("parley_search_seconds", "Duration of searches, without the time that they wait for a thread.");
        partial = metrics.count("parley_search_partial_total",
                "Searches whose answer was partial: the index was behind, or the time was over.");
        dropped = metrics.count("parley_search_dropped_total",
                "Messages that the index found and the database did not have any more in that form.");
    }

    /** The answer to a search. */
    public sealed interface Answer {

        /** What was found. */
        record Found(SearchPage page) implements Answer {}

        /** Why nothing was searched. */
        record Refused(Problem problem) implements Answer {}
    }

    /** The rooms of a search, and whether there are more. */
    private record Scope(List<String> rooms, boolean more) {}

    /** Searches. One person can't take all threads. */
    public CompletableFuture<Answer> find(Caller caller, SearchRequest request) {
        String user = caller.id();
        if (inProgress.merge(user, 1, Integer::sum) > MOST_OF_A_PERSON) {
            ended(user);
            return CompletableFuture.completedFuture(new Answer.Refused(Problem.rateLimited(
                    "You have " + MOST_OF_A_PERSON + " searches in progress. Wait for their answers.", RETRY_MILLIS)));
        }
        try {
            return started(user, request).whenComplete((answer, failed) -> ended(user));
        } catch (RuntimeException failed) {
            ended(user);
            throw failed;
        }
    }

    private void ended(String user) {
        inProgress.computeIfPresent(user, (id, count) -> count == 1 ? null : count - 1);
    }

    private CompletableFuture<Answer> started(String user, SearchRequest request) {
        if (request.wanted().room().isEmpty()) {
            return threads.read(() -> search(user, request, readable(user)));
        }
        String room = request.wanted().room().get();
        return views.of(room).thenCompose(view -> view.filter(found -> RoomPolicy.maySee(found, user, Instant.now())).isEmpty()
                ? CompletableFuture.completedFuture(new Answer.Refused(Problem.noSuchRoom()))
                : threads.read(() -> search(user, request, new Scope(List.of(room), false))));
    }

    private Scope readable(String user) {
        List<String> readable = rooms.readableBy(user, MOST_ROOMS + 1, Instant.now());
        return new Scope(readable.subList(0, Math.min(readable.size(), MOST_ROOMS)), readable.size() > MOST_ROOMS);
    }

    private Answer search(String user, SearchRequest request, Scope scope) {
        long begin = System.nanoTime();
        Optional<SearchIndex> index = indexing.index();
        if (index.isEmpty()) {
            return new Answer.Refused(opening());
        }
        try {
            IndexSearcher searcher = index.get().acquire();
            try {
                return new Answer.Found(page(searcher, user, request, scope, begin));
            } finally {
                index.get().release(searcher);
            }
        } catch (AlreadyClosedException closed) {
            return new Answer.Refused(opening());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } finally {
            times.recordNanos(System.nanoTime() - begin);
        }
    }

    private static Problem opening() {
        return Problem.unavailable("The search index is being opened.");
    }

    private SearchPage page(IndexSearcher searcher, String user, SearchRequest request, Scope scope, long begin) throws IOException {
        long asOf = request.cursor().map(Cursor::asOf).orElseGet(System::currentTimeMillis);
        long deadline = begin + settings.search().longest().toNanos();
        Places places = new Places(searcher, request, scope.rooms(), asOf, deadline);
        List<SearchPage.Hit> hits = new ArrayList<>();
        Optional<Cursor> next = request.cursor();
        Passages passages = new Passages(request.wanted(), () -> System.nanoTime() - deadline >= 0);
        boolean more = true;
        boolean isFull = false;
        for (int round = 0; round < MOST_ROUNDS && more && !isFull && hits.size() < request.limit(); round++) {
            List<Places.Place> found = places.after(next, request.limit() - hits.size());
            more = !found.isEmpty() && places.mayHaveMore();
            int presented = present(found, user, request.wanted(), passages, hits);
            next = presented == 0 ? next : Optional.of(found.get(presented - 1).cursor());
            more |= presented < found.size();
            isFull = presented < found.size();
        }
        boolean isPartial = scope.more() || indexing.isBehind() || places.timedOut();
        if (isPartial) {
            partial.increment();
        }
        return new SearchPage(hits, more ? next.map(Cursor::text) : Optional.empty(),
                places.total(), isPartial, request.cursor().isPresent() ? List.of()
                : documents.find(searcher, request.wanted(), scope.rooms(), () -> System.nanoTime() - deadline >= 0));
    }

    // The messages as the database has them. What changed since it was indexed may not be found any more. Returns how many places it looked
    // at: all of them, unless the files of these messages have too much text, or the time is over.
    private int present(List<Places.Place> found, String user, Wanted wanted, Passages passages, List<SearchPage.Hit> hits) {
        Map<MessagePlace, Message> messages = history.at(found.stream().map(Places.Place::message).toList(), user);
        Highlights highlights = new Highlights(Queries.ofText(wanted));
        int looked = 0;
        for (Places.Place place : found) {
            if (passages.areEnough()) {
                break;
            }
            looked++;
            Optional.ofNullable(messages.get(place.message())).filter(wanted::isMetBy)
                    .flatMap(message -> hit(place.message().room(), message, highlights, passages))
                    .ifPresentOrElse(hits::add, dropped::increment);
        }
        return looked;
    }

    private Optional<SearchPage.Hit> hit(String room, Message message, Highlights highlights, Passages passages) {
        Optional<SearchPage.Hit> own = highlights.of(message).map(ranges -> new SearchPage.Hit(room, message, ranges));
        return own.isPresent() || !FileContents.mayBeIn(message) ? own
                : passages.of(message, contents.of(message))
                .map(passage -> new SearchPage.Hit(room, message, List.of(), Optional.of(passage)));
    }
}
