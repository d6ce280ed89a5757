package parley.evidence;

import parley.verify.Link;

/**
 * The end of a room's chain, as table {@code evidence_room} has it.
 *
 * @param number of the last link; 0 before the first
 * @param sealed the last offset that is in a segment
 * @param value the chain up to the last link
 */
record Chain(String room, long number, long sealed, String value) {

    /** The chain after a further link. */
    Chain after(Link link) {
        return new Chain(room, link.number(), Math.max(sealed, link.kind().equals(Link.SEALED) ? link.last() : 0), link.chain(value));
    }
}
