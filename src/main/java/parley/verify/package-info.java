/**
 * How the evidence for a log is computed, and the program that checks it. {@code src/site/markdown/evidence.md} describes the algorithm for
 * programs in other languages; change both together, and never the meaning of stored evidence.
 *
 * <p>{@link parley.verify.Leaf}, {@link parley.verify.Opening}, {@link parley.verify.Link}, {@link parley.verify.MerkleTree} and
 * {@link parley.verify.Root} are the algorithm. {@link parley.verify.Verify} is the program: a JAR of its own, which needs only the JDK and
 * the driver of the database. It only reads, and trusts nothing that it reads. {@code evidence} uses the algorithm on the server.
 */
package parley.verify;
