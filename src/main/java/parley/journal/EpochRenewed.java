package parley.journal;

/** Told, as a CDI event, when a room's log has a new identity: whoever follows the old one has to begin anew. */
public record EpochRenewed(String room) {}
