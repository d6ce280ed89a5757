package parley.hub;

/** CDI event: a connection of this instance has ended. Fired once for each connection, on the thread that noticed the end. */
public record ConnectionGone(Connection connection) {}
