/**
 * Which features this deployment offers: those that its settings allow and no administrator switched off, as soon as every instance of the
 * cluster can read their events.
 *
 * <p>{@link parley.feature.Features} is the single answer. It never blocks. {@link parley.feature.FeatureSwitches} switches features while
 * the installation runs. A feature that is switched off refuses its commands and requests, and sends nothing to anyone. What follows the
 * log, such as the index of search, goes on, so that nothing is missing when the feature is on again.
 */
package parley.feature;
