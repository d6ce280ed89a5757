package parley.outlet;

/**
 * What a sink hands events over to.
 *
 * @param kind of the sink
 * @param failures attempts in a row that failed so far
 */
public record Consumer(String id, String kind, String room, int failures) {}
