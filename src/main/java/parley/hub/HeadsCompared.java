package parley.hub;

import java.util.Set;

/**
 * CDI event: logs are being compared with their heads, because events may not have reached this instance. Fired on the thread that compares
 * them, which may wait for the database.
 *
 * @param all whether all rooms are compared
 * @param rooms the rooms that are compared otherwise
 */
public record HeadsCompared(boolean all, Set<String> rooms) {}
