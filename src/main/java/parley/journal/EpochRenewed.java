package parley.journal;

/** CDI event: the log of a room has a new epoch. Positions in the old one are invalid. */
public record EpochRenewed(String room) {}
