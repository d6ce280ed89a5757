package parley.evidence;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import parley.protocol.WireTime;
import parley.verify.Root;

/** The transactions about roots and keys. */
@ApplicationScoped
class Roots {

    /** The most chains of one root. Further ones are in the next root, which follows at once. */
    static final int MOST_HEADS = 100_000;

    @PersistenceContext(unitName = "parley")
    private EntityManager em;

    /** For the container. */
    protected Roots() {
    }

    Roots(EntityManager em) {
        this.em = em;
    }

    /** Makes a root, unless the last one is younger than this. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<PublishedRoot> make(Instant now, Duration youngest) {
        RootRows.lock(em);
        Optional<PublishedRoot> last = RootRows.last(em);
        // A clock that was ahead must not delay the next root for long.
        boolean due = last.map(root -> !now.isBefore(root.at().plus(youngest)) || root.at().isAfter(now.plus(youngest))).orElse(true);
        return due ? Optional.of(make(last, now.truncatedTo(ChronoUnit.MILLIS))) : Optional.empty();
    }

    private PublishedRoot make(Optional<PublishedRoot> last, Instant now) {
        SigningKey key = RootRows.keys(em).stream().findFirst().orElseGet(() -> newKey(Optional.empty(), now));
        List<Root.Head> heads = RootRows.grown(MOST_HEADS, em);
        String previous = last.flatMap(root -> Root.find(root.text())).map(signed -> signed.root().hash()).orElse(Root.START);
        Root root = new Root(last.map(PublishedRoot::number).orElse(0L) + 1, WireTime.text(now), previous, heads.size(), Root.hash(heads),
                key.id());
        PublishedRoot made = new PublishedRoot(root.number(), root.line(), key.sign(root.line()), now);
        RootRows.add(made, heads, em);
        return made;
    }

    private SigningKey newKey(Optional<SigningKey> before, Instant now) {
        SigningKey made = SigningKey.make(before, now);
        RootRows.add(made, em);
        return made;
    }

    /** Makes the next key. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    SigningKey changeKey(Instant now) {
        RootRows.lock(em);
        return newKey(RootRows.keys(em).stream().findFirst(), now);
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<SigningKey> keys() {
        return RootRows.keys(em);
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<PublishedRoot> after(long number, int most) {
        return RootRows.after(number, most, em);
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    Optional<PublishedRoot> last() {
        return RootRows.last(em);
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    List<PublishedRoot> unsent(int most) {
        return RootRows.unsent(most, em);
    }

    @Transactional(Transactional.TxType.REQUIRES_NEW)
    void sent(List<PublishedRoot> roots) {
        RootRows.sent(roots, em);
    }

    /** How much is not sealed. */
    @Transactional(Transactional.TxType.REQUIRES_NEW)
    ChainRows.Backlog backlog() {
        return ChainRows.backlog(em);
    }
}
