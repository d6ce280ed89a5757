package parley.limits;

import java.util.Map;

/**
 * What was used of a limit at one instance, by user or by address: connections that are open there, or units that were taken
 * since it told last.
 */
public record Usage(Limit limit, Map<String, Long> used) {

    /** Nobody uses less than nothing: a negative amount would give others what they are not to have. */
    public Usage {
        if (used.values().stream().anyMatch(amount -> amount < 0)) {
            throw new IllegalArgumentException("An amount is negative");
        }
    }
}
