package parley.feature;

import java.time.Instant;
import parley.protocol.Feature;

/**
 * A feature that an administrator switched off.
 *
 * @param by the id of the administrator
 */
public record FeatureOff(Feature feature, String by, Instant at) {}
