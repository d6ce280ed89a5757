package parley.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.apache.lucene.document.LongField;
import org.apache.lucene.index.ConcurrentMergeScheduler;
import org.apache.lucene.index.CorruptIndexException;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexFormatTooNewException;
import org.apache.lucene.index.IndexFormatTooOldException;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.SortedNumericSortField;
import org.apache.lucene.search.SortedSetSortField;
import org.apache.lucene.search.TermQuery;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import parley.document.DocumentTexts;
import parley.message.MessagePlace;
import parley.protocol.Message;
import parley.protocol.Position;

/**
 * The index of one instance in its directory, with the position that it holds of each room. Changes are seen after {@link #refresh}, and
 * survive a crash after {@link #commit}; both include the positions. One thread writes; any thread searches.
 */
final class SearchIndex {

    /** By time, newest first: the order of the index, so that the newest of many are found without reading all. */
    static final Sort BY_TIME = new Sort(newestFirst());
    /** Best first. Messages that match equally are in the order of time. */
    static final Sort BY_SCORE = new Sort(Stream.concat(Stream.of(SortField.FIELD_SCORE), Stream.of(newestFirst()))
            .toArray(SortField[]::new));

    private static final Logger LOG = Logger.getLogger(SearchIndex.class.getName());
    // Lucene recommends flags of the JVM. They are the administrator's choice.
    private static final List<Logger> ADVICE = Stream.of("org.apache.lucene.internal.vectorization.VectorizationProvider",
            "org.apache.lucene.store.MMapDirectory", "org.apache.lucene.store.NativeAccess",
            "org.apache.lucene.store.PosixNativeAccess").map(Logger::getLogger).toList();
    /** Changes with what {@link IndexedMessage} and {@link WordFilters} make of a message: an index of another format is built again. */
    private static final String FORMAT = "3";
    // A room id has no colon.
    private static final String FORMAT_KEY = ":format";
    private static final String CONTENTS_KEY = ":contents";
    private static final String DOCUMENTS_KEY = ":documents";
    private static final double MEMORY_MB = 16;
    /** To remove the words of one message, a segment is written again. */
    private static final double LARGEST_SEGMENT_MB = 128;

    private final Directory directory;
    private final IndexWriter writer;
    private final SearcherManager searchers;
    private final Map<String, Position> positions = new HashMap<>();
    private final String format;
    private OptionalLong contents = OptionalLong.empty();
    private OptionalLong documents = OptionalLong.empty();
    private boolean erased;
    private boolean changed;

    private SearchIndex(Directory directory, IndexWriter writer, String format) throws IOException {
        this.directory = directory;
        this.format = format;
        this.writer = writer;
        searchers = new SearcherManager(writer, null);
        for (Map.Entry<String, String> entry : writer.getLiveCommitData()) {
            Position.of(entry.getValue()).ifPresent(position -> positions.put(entry.getKey(), position));
            if (entry.getKey().equals(CONTENTS_KEY)) {
                contents = OptionalLong.of(Long.parseLong(entry.getValue()));
            }
            if (entry.getKey().equals(DOCUMENTS_KEY)) {
                documents = OptionalLong.of(Long.parseLong(entry.getValue()));
            }
        }
    }

    private static SortField[] newestFirst() {
        return new SortField[] {new SortedNumericSortField(IndexedMessage.AT, SortField.Type.LONG, true),
            new SortedNumericSortField(IndexedMessage.OFFSET, SortField.Type.LONG, true),
            new SortedSetSortField(IndexedMessage.ROOM, false)};
    }

    /**
     * Opens the index in a directory that exists. A damaged one, or one of another format, is emptied.
     *
     * @param withContents whether it has the texts of files; an index that differs in this is emptied too
     * @throws org.apache.lucene.store.LockObtainFailedException if another index is open there
     */
    static SearchIndex open(Path path, boolean withContents) throws IOException {
        String format = withContents ? FORMAT : FORMAT + " without contents";
        ADVICE.forEach(logger -> logger.setLevel(Level.SEVERE));
        Directory directory = FSDirectory.open(path);
        try {
            IndexWriter writer = writer(directory, format);
            try {
                return new SearchIndex(directory, writer, format);
            } catch (IOException | RuntimeException failed) {
                writer.rollback();
                throw failed;
            }
        } catch (IOException | RuntimeException failed) {
            directory.close();
            throw failed;
        }
    }

    private static IndexWriter writer(Directory directory, String format) throws IOException {
        try {
            boolean usable = !DirectoryReader.indexExists(directory) || format(directory).equals(format);
            return new IndexWriter(directory, settings(usable ? IndexWriterConfig.OpenMode.CREATE_OR_APPEND
                    : IndexWriterConfig.OpenMode.CREATE));
        } catch (CorruptIndexException | IndexFormatTooOldException | IndexFormatTooNewException | IndexNotFoundException damaged) {
            LOG.log(Level.WARNING, "The search index can''t be read and is built again: {0}", damaged.getMessage());
            empty(directory);
            return new IndexWriter(directory, settings(IndexWriterConfig.OpenMode.CREATE));
        }
    }

    private static void empty(Directory directory) throws IOException {
        try (Lock lock = directory.obtainLock(IndexWriter.WRITE_LOCK_NAME)) {
            lock.ensureValid();
            for (String file : directory.listAll()) {
                if (!file.equals(IndexWriter.WRITE_LOCK_NAME)) {
                    directory.deleteFile(file);
                }
            }
        }
    }

    private static String format(Directory directory) throws IOException {
        try (DirectoryReader reader = DirectoryReader.open(directory)) {
            return reader.getIndexCommit().getUserData().getOrDefault(FORMAT_KEY, "");
        }
    }

    private static IndexWriterConfig settings(IndexWriterConfig.OpenMode mode) {
        TieredMergePolicy merges = new TieredMergePolicy();
        // Without this, the words of deleted messages stay in large segments.
        merges.setForceMergeDeletesPctAllowed(0);
        merges.setMaxMergedSegmentMB(LARGEST_SEGMENT_MB);
        ConcurrentMergeScheduler scheduler = new ConcurrentMergeScheduler();
        scheduler.setMaxMergesAndThreads(4, 1);
        scheduler.disableAutoIOThrottle();
        return new IndexWriterConfig(WordFilters.OF_MESSAGES).setOpenMode(mode).setMergePolicy(merges).setMergeScheduler(scheduler)
                .setIndexSort(BY_TIME).setRAMBufferSizeMB(MEMORY_MB).setCommitOnClose(false);
    }

    /** Up to where the index holds the log of each room. Call it on the writing thread. */
    Map<String, Position> positions() {
        return positions;
    }

    /** Adds a message that the index doesn't hold. */
    void add(String room, Message message, List<String> contents) throws IOException {
        writer.addDocument(IndexedMessage.document(room, message, contents));
        changed = true;
    }

    /** Replaces what the index holds of a message. */
    void replace(String room, Message message, List<String> contents) throws IOException {
        writer.updateDocument(IndexedMessage.key(new MessagePlace(room, message.offset())),
                IndexedMessage.document(room, message, contents));
        changed = true;
    }

    /** Removes a message. */
    void remove(MessagePlace place) throws IOException {
        writer.deleteDocuments(IndexedMessage.key(place));
        changed = erased = true;
    }

    /** Whether it holds a message of a room before an offset. */
    boolean holdsBefore(String room, long offset) throws IOException {
        refresh();
        IndexSearcher searcher = searchers.acquire();
        try {
            return searcher.count(before(room, offset)) > 0;
        } finally {
            searchers.release(searcher);
        }
    }

    /** Removes the messages of a room before an offset. */
    void removeBefore(String room, long offset) throws IOException {
        writer.deleteDocuments(before(room, offset));
        changed = erased = true;
    }

    private static Query before(String room, long offset) {
        return new BooleanQuery.Builder().add(new TermQuery(new Term(IndexedMessage.ROOM, room)), Occur.FILTER)
                .add(LongField.newRangeQuery(IndexedMessage.OFFSET, 0, offset - 1), Occur.FILTER).build();
    }

    /** Removes a room with its position. */
    void removeRoom(String room) throws IOException {
        writer.deleteDocuments(new Term(IndexedMessage.ROOM, room), new Term(IndexedDocument.ROOM, room));
        positions.remove(room);
        changed = erased = true;
    }

    /** The index now holds the room's log up to this position. */
    void moved(String room, Position position) {
        positions.put(room, position);
    }

    /** Words that were replaced must leave the files too. */
    void erased() {
        erased = true;
    }

    /** Up to which position the index holds the texts of files; empty for an index that is new. */
    OptionalLong contents() {
        return contents;
    }

    /** The index now holds the texts of files up to this position. */
    void contentsMoved(long position) {
        contents = OptionalLong.of(position);
    }

    /** Replaces what the index holds of a document of a room. */
    void replace(DocumentTexts.Text document) throws IOException {
        writer.updateDocument(IndexedDocument.key(document.document()), IndexedDocument.entry(document));
        changed = erased = true;
    }

    /** Removes a document of a room. */
    void removeDocument(String document) throws IOException {
        writer.deleteDocuments(IndexedDocument.key(document));
        changed = erased = true;
    }

    /** Up to which position the index holds the texts of documents; empty for an index that is new. */
    OptionalLong documents() {
        return documents;
    }

    /** The index now holds the texts of documents up to this position. */
    void documentsMoved(long position) {
        documents = OptionalLong.of(position);
    }

    /** Makes the changes visible to searches. */
    void refresh() throws IOException {
        if (changed) {
            searchers.maybeRefreshBlocking();
            changed = false;
        }
    }

    /** Makes the changes and positions durable. */
    void commit() throws IOException {
        Map<String, String> data = new HashMap<>();
        positions.forEach((room, position) -> data.put(room, position.text()));
        data.put(FORMAT_KEY, format);
        documents.ifPresent(position -> data.put(DOCUMENTS_KEY, Long.toString(position)));
        contents.ifPresent(position -> data.put(CONTENTS_KEY, Long.toString(position)));
        writer.setLiveCommitData(data.entrySet());
        writer.commit();
    }

    /** Removes the words of removed messages from the files. Writes the segments that have some again, so it takes its time. */
    void purge() throws IOException {
        if (erased) {
            erased = false;
            writer.forceMergeDeletes(true);
            commit();
            changed = true;
            refresh();
        }
    }

    /** A searcher of what was refreshed last. {@link #release} it. */
    IndexSearcher acquire() throws IOException {
        return searchers.acquire();
    }

    void release(IndexSearcher searcher) throws IOException {
        searchers.release(searcher);
    }

    /** How many messages and documents it holds. */
    int messages() {
        return writer.getDocStats().numDocs;
    }

    /** The size of its files in bytes. */
    long bytes() throws IOException {
        long bytes = 0;
        for (String file : directory.listAll()) {
            bytes += directory.fileLength(file);
        }
        return bytes;
    }

    /** Makes everything durable and closes the index. If that fails, the index is as of the last commit. */
    void close() throws IOException {
        try {
            commit();
        } finally {
            abandon();
        }
    }

    /** Closes the index as of the last commit. */
    void abandon() throws IOException {
        searchers.close();
        writer.rollback();
        directory.close();
    }

    /** Deletes all files of an index that is closed. */
    static void delete(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return;
        }
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(path)) {
            all.forEach(files::add);
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(path);
    }
}
