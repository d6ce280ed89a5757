package parley.journal;

import parley.protocol.Frame;

/** An event's frame with its offset: all that delivery needs to know of it. */
public record LoggedFrame(long offset, Frame frame) {}
