package parley.people;

/** CDI event: this instance has read that the access of people ended. Close the connections of those whom {@link Access} refuses. */
public record AccessEnded() {}
