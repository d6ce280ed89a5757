package parley.reading;

import parley.protocol.User;

/**
 * CDI event: a person has read a room up to an offset.
 *
 * @param back whether the marker moved back, which concerns nobody else
 * @param here whether the person did it on this instance
 */
public record MarkerMoved(String room, User by, long upto, boolean back, boolean here) {}
