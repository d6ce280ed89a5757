package parley.journal;

/**
 * CDI event: the log of a room has a new epoch. Positions in the old one are invalid. May be fired more than once for an epoch.
 *
 * @param epoch the new epoch
 */
public record EpochRenewed(String room, String epoch) {}
