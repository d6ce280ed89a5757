package parley.protocol;

/** What a text frame from a client turned out to be. */
public sealed interface Inbound permits Command, BrokenFrame {}
