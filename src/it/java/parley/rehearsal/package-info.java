/**
 * Follows the documents as an administrator does, with their own commands: {@code mvn -Prehearsal verify}. It replaces paths,
 * hosts and ports, and nothing else, so a document that changes changes the rehearsal. It needs Debian's PostgreSQL and nginx, and a Chromium.
 * It stays on loopback and in {@code target/rehearsal}, and ends only what it started.
 */
package parley.rehearsal;
