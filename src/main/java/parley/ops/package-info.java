/**
 * Running an instance: what happens at its start, and what health and metrics tell.
 *
 * <p>Imports everything but {@code socket} and {@code rest}; nobody imports it.
 */
package parley.ops;
