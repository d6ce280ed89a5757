package parley.verify;

import java.util.Arrays;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;

/** Compares the log of one room with its chain. Reads both once, in order. For one thread. */
final class RoomCheck {

    private final String room;
    private final Changes changes;
    private final Map<Long, String> signed;
    private final Findings findings;
    private final Iterator<StoredEvent> events;

    private StoredEvent next;
    private long number;
    private String chain = Link.START;
    private long covered;
    private long checked;
    private long unsealed;

    /**
     * The end of the chain as table {@code evidence_room} has it.
     *
     * @param number of the last link
     */
    record End(long number, long sealed, String chain) {}

    /**
     * @param changes all of the room
     * @param signed the chains that roots have, by the number of their link
     * @param events all of the room
     */
    RoomCheck(String room, Changes changes, Map<Long, String> signed, Iterator<StoredEvent> events, Findings findings) {
        this.room = room;
        this.changes = changes;
        this.signed = signed;
        this.events = events;
        this.findings = findings;
        advance();
    }

    private void advance() {
        next = events.hasNext() ? events.next() : null;
        if (next != null) {
            long offset = next.offset();
            changes.seen(next).ifPresent(kind -> findings.add(room, offset, "is said to have caused a change (" + kind
                    + "), which an event of its type can't"));
        }
    }

    /** Checks everything. */
    void run(Iterator<StoredLink> links, End end) {
        while (links.hasNext()) {
            check(links.next());
        }
        if (number != end.number || !chain.equals(end.chain) || covered != end.sealed) {
            findings.add("room " + room + ": the chain ends with link " + number + " at offset " + covered + ", but should end with link "
                    + end.number + " at offset " + end.sealed);
        }
        while (next != null) {
            unsealed++;
            advance();
        }
        changes.missingCauses().forEach(cause -> findings.add(room, cause, "is said to have caused a change, but is not in the log"));
        signed.forEach((link, value) -> findings.add("room " + room + ": link " + link + " is missing, which a root has signed"));
    }

    private void check(StoredLink stored) {
        Link link = stored.link();
        if (link.number() != number + 1) {
            findings.add("room " + room + ": " + (link.number() == number + 2 ? "link " + (number + 1) + " is missing"
                    : "links " + (number + 1) + " to " + (link.number() - 1) + " are missing") + " before " + stored.events());
        } else if (!link.chain(chain).equals(stored.chain())) {
            findings.add(room, link.first(), "link " + link.number() + " (" + stored.events() + ") does not fit the chain");
        }
        number = link.number();
        chain = stored.chain();
        String root = signed.remove(number);
        if (root != null && !root.equals(chain)) {
            findings.add(room, link.first(), "link " + number + " (" + stored.events() + ") or an earlier one is not what a root has"
                    + " signed");
        }
        if (!stored.isWhole()) {
            findings.add(room, link.first(), "link " + number + " (" + stored.events() + ") was damaged");
            covered = link.isSegment() ? link.last() : covered;
        } else if (link.isSegment()) {
            checkEvents(stored);
        }
    }

    private void checkEvents(StoredLink stored) {
        Link link = stored.link();
        if (link.first() != covered + 1) {
            findings.add(room, covered + 1, "has no evidence, nor have the events up to " + (link.first() - 1));
        }
        while (next != null && next.offset() < link.first()) {
            advance();
        }
        for (int i = 0; i < link.size(); i++) {
            boolean isRow = next != null && next.offset() == link.offset(i);
            byte[] opening = Arrays.copyOfRange(stored.openings(), i * Opening.BYTES, (i + 1) * Opening.BYTES);
            check(link.offset(i), isRow ? next : null, link.leaf(i), opening);
            if (isRow) {
                checked++;
                advance();
            }
        }
        covered = link.last();
    }

    private void check(long offset, StoredEvent row, byte[] leaf, byte[] opening) {
        Optional<Changes.Change> change = changes.of(offset);
        byte[] expected = change.map(Changes.Change::leaf).orElse(leaf);
        if (row == null) {
            if (!Leaf.isOfNoRow(expected)) {
                findings.add(room, offset, "the row was removed" + after(change));
            }
        } else if (Leaf.isOfNoRow(expected)) {
            findings.add(room, offset, change.isPresent() ? "the row was put back" + after(change) : "the row was added");
        } else if (!Arrays.equals(Leaf.of(row, opening), expected)) {
            findings.add(room, offset, ChangedRow.describe(row, opening, expected) + after(change));
        }
    }

    private static String after(Optional<Changes.Change> change) {
        return change.map(known -> ", after the change that link " + known.link() + " records (" + known.kind() + ")").orElse("");
    }

    /** How many events were compared with the chain. */
    long checked() {
        return checked;
    }

    /** How many events are behind what is sealed. */
    long unsealed() {
        return unsealed;
    }
}
