package parley.limits;

import java.util.Map;

/**
 * What was used of a limit at one node, by user or by address: connections that are open there, or units that were taken
 * since it told last.
 */
public record Share(Limit limit, Map<String, Long> used) {}
