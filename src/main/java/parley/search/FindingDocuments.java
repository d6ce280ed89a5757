package parley.search;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.ScoreDoc;
import parley.document.DocumentTexts;
import parley.feature.Features;
import parley.protocol.Feature;
import parley.protocol.SearchPage;

/**
 * Finds documents by their titles and texts, beside messages. What the index finds is read from the database, and dropped if the document
 * is gone or no longer has what is wanted. Waits for the database.
 */
@ApplicationScoped
class FindingDocuments {

    /** The most documents that a search finds: the best ones. */
    static final int MOST = 5;

    @Inject
    private Features features;
    @Inject
    private DocumentTexts texts;

    /**
     * The documents of these rooms, best match first; nothing for a search that only messages can meet.
     *
     * @param timeIsOver whether the search has taken long enough: then there may be fewer
     */
    List<SearchPage.DocumentHit> find(IndexSearcher searcher, Wanted wanted, List<String> rooms, BooleanSupplier timeIsOver)
            throws IOException {
        if (!features.isOn(Feature.DOCUMENTS) || !wanted.isOfWordsAlone() || searcher.getIndexReader().maxDoc() == 0) {
            return List.of();
        }
        List<String> ids = new ArrayList<>();
        for (ScoreDoc found : searcher.search(IndexedDocument.query(wanted, rooms), MOST).scoreDocs) {
            ids.add(IndexedDocument.id(searcher.storedFields().document(found.doc)));
        }
        Map<String, DocumentTexts.Text> present = texts.of(ids).stream()
                .collect(Collectors.toMap(DocumentTexts.Text::document, Function.identity()));
        Set<String> readable = new HashSet<>(rooms);
        Passages passages = new Passages(wanted, timeIsOver);
        return ids.stream().filter(present::containsKey).map(present::get).filter(document -> readable.contains(document.room()))
                .takeWhile(document -> !passages.areEnough()).flatMap(document -> hit(document, wanted, passages).stream()).toList();
    }

    private static Optional<SearchPage.DocumentHit> hit(DocumentTexts.Text document, Wanted wanted, Passages passages) {
        List<String> title = List.of(document.title());
        Optional<List<SearchPage.Range>> inTitle = new Highlights(Queries.ofText(wanted)).in(document.title(), Highlights.words(title));
        return inTitle.isPresent()
                ? Optional.of(new SearchPage.DocumentHit(document.room(), document.document(), document.title(), inTitle.get(),
                        Optional.empty()))
                : passages.of(title, Map.of(document.document(), document.text())).map(passage ->
                        new SearchPage.DocumentHit(document.room(), document.document(), document.title(), List.of(),
                                Optional.of(passage)));
    }
}
