package parley.identity;

/** This instance has learnt of revocations: connections that they hit are to end. */
public record Revoked() {}
