/**
 * {@code mvn -Prehearsal verify}: runs the commands in the administrators' documentation and checks the results. It replaces only
 * paths, hosts and ports in them. It needs Debian's PostgreSQL and nginx, and Chromium. It stays on loopback and in
 * {@code target/rehearsal}, and stops only what it started.
 */
package parley.rehearsal;
