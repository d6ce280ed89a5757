package parley.feature;

import java.util.List;
import parley.protocol.Feature;

/**
 * An administrator switched features on or off, and this instance obeys from now on.
 *
 * @param on all features that are on now, in their order
 */
public record FeaturesChanged(List<Feature> on) {}
