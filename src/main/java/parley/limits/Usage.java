package parley.limits;

import java.util.Map;

/**
 * What users or addresses used of a limit at one instance: open connections, or units taken since the instance's last report.
 */
public record Usage(Limit limit, Map<String, Long> used) {

    /** Refuses negative amounts, which would raise a limit. */
    public Usage {
        if (used.values().stream().anyMatch(amount -> amount < 0)) {
            throw new IllegalArgumentException("An amount is negative");
        }
    }
}
