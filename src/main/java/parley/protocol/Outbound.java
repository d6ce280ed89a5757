package parley.protocol;

/** What the server may send: the answer to one command, or something that happened. */
public sealed interface Outbound permits Reply, Event {}
