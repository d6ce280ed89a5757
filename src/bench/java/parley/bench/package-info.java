/**
 * The benchmarks, {@code mvn -Pbench verify}: they start the server that the build made, put load on it from raw sockets in one
 * thread, and print figures. No test, and no figure fails them. They measure latency from the moment that a command was to be sent,
 * so a server that stalls can't hide what waited meanwhile.
 */
package parley.bench;
