package parley.identity;

/** Event: this instance has read new revocations. Close the connections whose tokens they revoke. */
public record Revoked() {}
