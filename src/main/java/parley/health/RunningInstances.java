package parley.health;

import java.util.Set;

/**
 * The instances that the database knows as running, when this instance's probe read them.
 *
 * @param others the names of the other instances; this one's too if another instance has the same
 * @param leastKinds the lowest number of kinds that any of them knows, as {@link DatabaseProbe} counts them
 * @param leastKindsToReturn the same for the instances that may come back: those that ran within the last ten minutes
 * @param wroteAt the time in this instance's own row, in milliseconds; 0 if there is no such row
 */
record RunningInstances(Set<String> others, int leastKinds, int leastKindsToReturn, long wroteAt) {}
