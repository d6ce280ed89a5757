package parley.reading;

/** A person in a room, both by id. */
public record PersonInRoom(String user, String room) {}
