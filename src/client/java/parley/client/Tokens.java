package parley.client;

/** Supplies the JWT of the person or bot that connects. */
@FunctionalInterface
public interface Tokens {

    /**
     * Returns a token, or null to sign out, which ends the client. Called before each connect and again before a token expires, one call
     * at a time, on a thread that may wait. A call that takes longer than 30 s or throws counts as a failed attempt; the client backs off
     * and calls again.
     */
    String token() throws Exception;
}
