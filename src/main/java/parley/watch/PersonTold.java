package parley.watch;

import parley.protocol.Frame;

/** CDI event: an ephemeral frame for every watching connection of a person on the other instances. */
public record PersonTold(String user, Frame frame) {}
