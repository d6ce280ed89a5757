package parley.call;

/** CDI event: this instance changed who is in the call of a room. */
public record CallMoved(String room) {}
