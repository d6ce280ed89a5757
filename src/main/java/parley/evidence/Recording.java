package parley.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import parley.journal.Rewrites;
import parley.journal.Rewritten;
import parley.verify.Link;

/**
 * Adds a link for sealed events that the journal rewrote or deleted, in the transaction that did it, and overwrites their openings. Events
 * that are not sealed yet need none: they are sealed as they are then.
 */
@ApplicationScoped
class Recording implements Rewrites {

    /** The most events of a link. */
    static final int MOST = 1_000;

    private static final Logger LOG = Logger.getLogger(Recording.class.getName());
    private static final String RESTORED = "restored";

    @Override
    public void rewritten(Rewritten rewritten, EntityManager em) {
        Optional<Chain> chain = rewritten.offsets().isEmpty() ? Optional.empty() : ChainRows.lock(rewritten.room(), em);
        if (chain.isPresent()) {
            long sealed = chain.get().sealed();
            List<Long> offsets = rewritten.offsets().stream().filter(offset -> offset <= sealed).distinct().sorted().toList();
            Chain longer = chain.get();
            for (int from = 0; from < offsets.size(); from += MOST) {
                longer = record(rewritten, longer, offsets.subList(from, Math.min(from + MOST, offsets.size())), em);
            }
        }
    }

    private static Chain record(Rewritten rewritten, Chain chain, List<Long> offsets, EntityManager em) {
        Leaves leaves = Leaves.of(offsets, ChainRows.events(chain.room(), offsets, em));
        String kind = rewritten.reason().map(reason -> reason.name().toLowerCase(Locale.ROOT)).orElse(RESTORED);
        Link link = Link.change(chain.room(), chain.number() + 1, kind, rewritten.cause().map(event -> event.offset()).orElse(0L),
                Instant.now().toEpochMilli(), offsets, leaves.hashes());
        Chain longer = chain.after(link);
        ChainRows.add(link, Optional.empty(), longer, em);
        open(chain.room(), offsets, leaves.openings(), em);
        return longer;
    }

    // Evidence that someone damaged must not keep people from deleting messages. The verifier finds the damage.
    private static void open(String room, List<Long> offsets, byte[] openings, EntityManager em) {
        int next = 0;
        while (next < offsets.size()) {
            Optional<ChainRows.Segment> found = ChainRows.segment(room, offsets.get(next), em).filter(ChainRows.Segment::isWhole);
            if (found.isEmpty()) {
                LOG.log(Level.SEVERE, "The evidence of room {0} lacks the segment of event {1}: someone changed it",
                        new Object[] {room, String.valueOf(offsets.get(next))});
                next++;
            } else {
                int from = next;
                ChainRows.Segment segment = found.get();
                while (next < offsets.size() && offsets.get(next) <= segment.last()) {
                    next++;
                }
                segment.open(offsets.subList(from, next), openings, from);
                ChainRows.open(room, segment, em);
            }
        }
    }
}
