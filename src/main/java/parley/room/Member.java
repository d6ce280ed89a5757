package parley.room;

import parley.protocol.Role;
import parley.protocol.User;

/**
 * Someone in a room.
 *
 * @param since the offset of the event that let them in
 */
public record Member(User user, Role role, long since) {}
