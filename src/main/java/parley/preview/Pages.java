package parley.preview;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.file.SharedFiles;
import parley.outgoing.Hosts;

/**
 * The pages behind links. A page is kept for a day, up to {@value #MOST_BYTES} bytes of all pages, and one without a preview for ten
 * minutes. After a timeout, a host is not asked for a minute, so that it blocks few threads. Safe for every thread.
 */
final class Pages {

    /** For a page with its redirects and its picture. */
    static final Duration LONGEST = Duration.ofSeconds(5);
    static final int MOST_BYTES = 32 * 1024 * 1024;

    private static final Logger LOG = Logger.getLogger(Pages.class.getName());
    private static final int MOST_FAILED = 10_000;
    private static final int PAGE_BYTES = 2_000;
    private static final Set<String> HTML = Set.of("text/html", "application/xhtml+xml");
    private static final Set<String> PICTURE = Set.of("image/");

    private final PageFetcher fetcher;
    private final Function<byte[], Optional<SharedFiles.Thumbnail>> pictures;
    private final Duration longest;
    private final Cache<String, Page> known = Caffeine.newBuilder().expireAfterWrite(Duration.ofDays(1)).maximumWeight(MOST_BYTES)
            .weigher((String url, Page page) -> PAGE_BYTES + page.picture.map(picture -> picture.bytes().length).orElse(0)).build();
    private final Cache<String, Boolean> failed = Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(10)).maximumSize(MOST_FAILED)
            .build();
    private final Cache<String, Boolean> slow = Caffeine.newBuilder().expireAfterWrite(Duration.ofMinutes(1)).maximumSize(MOST_FAILED)
            .build();

    /** @param pictures makes a small picture; empty if the bytes are not a picture */
    Pages(PageFetcher fetcher, Function<byte[], Optional<SharedFiles.Thumbnail>> pictures, Duration longest) {
        this.fetcher = fetcher;
        this.pictures = pictures;
        this.longest = longest;
    }

    /** The texts of a page, and its picture as a small one. */
    record Page(PageText text, Optional<SharedFiles.Thumbnail> picture) {}

    /** The page behind a link; empty if it has nothing to show. Waits for the network. */
    Optional<Page> at(String url) {
        Page page = known.getIfPresent(url);
        if (page != null || failed.getIfPresent(url) != null || slow.getIfPresent(host(url)) != null) {
            return Optional.ofNullable(page);
        }
        Optional<Page> found = fetch(url);
        found.ifPresentOrElse(fetched -> known.put(url, fetched), () -> failed.put(url, true));
        return found;
    }

    private Optional<Page> fetch(String url) {
        PageFetcher.Deadline deadline = new PageFetcher.Deadline(longest);
        try {
            PageText text = PageText.of(fetcher.get(url, HTML, deadline));
            return text.isEmpty() ? Optional.empty() : Optional.of(new Page(text, picture(text, deadline)));
        } catch (Hosts.RefusedHost refused) {
            LOG.log(Level.FINE, "A link must not be fetched", refused);
        } catch (IOException unreachable) {
            LOG.log(Level.FINE, "A link can't be fetched", unreachable);
            noteIfSlow(url, deadline, unreachable);
        }
        return Optional.empty();
    }

    private void noteIfSlow(String url, PageFetcher.Deadline deadline, IOException why) {
        if (deadline.isOver() || why instanceof SocketTimeoutException) {
            slow.put(host(url), true);
        }
    }

    private Optional<SharedFiles.Thumbnail> picture(PageText text, PageFetcher.Deadline deadline) {
        if (text.picture().isEmpty()) {
            return Optional.empty();
        }
        try {
            PageFetcher.Fetched fetched = fetcher.get(text.picture(), PICTURE, deadline);
            return fetched.whole() ? pictures.apply(fetched.bytes()) : Optional.empty();
        } catch (IOException | IllegalStateException none) {
            LOG.log(Level.FINE, "The picture of a link can't be fetched", none);
            return Optional.empty();
        }
    }

    private static String host(String url) {
        try {
            String host = URI.create(url).getHost();
            return host == null ? "" : host;
        } catch (IllegalArgumentException malformed) {
            return "";
        }
    }
}
