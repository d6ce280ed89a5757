package parley.evidence;

import java.time.Instant;

/**
 * A root that was published.
 *
 * @param line what is signed
 * @param signature in Base64 for URLs
 */
public record PublishedRoot(long number, String line, String signature, Instant at) {

    /** Line and signature, as they are published. */
    public String text() {
        return line + " " + signature;
    }
}
