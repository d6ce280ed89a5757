package parley.hub;

import parley.protocol.Frame;

/** Told, as a CDI event, when something that isn't in the log was said in a room by someone at this node. */
public record Mentioned(String room, Frame frame) {}
