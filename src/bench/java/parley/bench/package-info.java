/**
 * {@code mvn -Pbench verify}: benchmarks that start the built server, generate load on raw sockets in one thread, and print results.
 * No result fails the build. Latency is measured from the intended send time of a command, so a stalled server can't hide
 * (coordinated omission).
 */
package parley.bench;
