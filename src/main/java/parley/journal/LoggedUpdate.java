package parley.journal;

import parley.protocol.Frame;

/**
 * An update in the log of a document, and its frame.
 *
 * @param version its number in the document
 */
public record LoggedUpdate(String room, String document, long version, Frame frame) {}
