package parley.scim;

/** What a request of the directory leads to. */
public sealed interface ScimOutcome<T> {

    /** It is done, and this is the resource now. */
    record Done<T>(T resource) implements ScimOutcome<T> {}

    /** It is refused. */
    record Refused<T>(ScimProblem problem) implements ScimOutcome<T> {}
}
