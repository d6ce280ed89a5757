/**
 * Which features this deployment offers: those that its settings leave on, as soon as every instance of the cluster can read their events.
 *
 * <p>{@link parley.feature.Features} is the single answer. It never blocks.
 */
package parley.feature;
