package parley.watch;

import parley.protocol.Frame;

/** An ephemeral frame for every watching connection of a person. */
public record PersonTold(String user, Frame frame) {}
