package parley.message;

/** Where a message is: its room, and its offset in the room's log. */
public record MessagePlace(String room, long offset) {}
