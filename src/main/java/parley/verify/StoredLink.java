package parley.verify;

/**
 * A link as it is stored.
 *
 * @param openings of a segment
 * @param chain up to this link
 */
record StoredLink(Link link, byte[] openings, String chain) {

    boolean isWhole() {
        return link.isWhole() && (!link.isSegment() || openings.length == link.size() * Opening.BYTES);
    }

    String events() {
        return link.isSegment() ? "events " + link.first() + " to " + link.last() : "a change of event " + link.first()
                + (link.size() > 1 ? " to " + link.last() : "");
    }
}
