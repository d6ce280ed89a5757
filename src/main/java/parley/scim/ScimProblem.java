package parley.scim;

/**
 * A refusal as SCIM has it (RFC 7644, section 3.12).
 *
 * @param status of the answer
 * @param type such as {@code uniqueness}; empty for none
 * @param detail for people
 */
public record ScimProblem(int status, String type, String detail) {

    /** The body can't be read. */
    public static ScimProblem syntax(String detail) {
        return new ScimProblem(400, "invalidSyntax", detail);
    }

    /** A value is not allowed. */
    public static ScimProblem value(String detail) {
        return new ScimProblem(400, "invalidValue", detail);
    }

    /** A path of a change is not supported. */
    public static ScimProblem path(String detail) {
        return new ScimProblem(400, "invalidPath", detail);
    }

    /** A filter is not supported. */
    public static ScimProblem filter() {
        return new ScimProblem(400, "invalidFilter", "A filter is an attribute, `eq` and a text, such as `userName eq \"alice\"`.");
    }

    /** Another resource has this value. */
    public static ScimProblem taken(String detail) {
        return new ScimProblem(409, "uniqueness", detail);
    }

    /** There is no such resource. */
    public static ScimProblem missing() {
        return new ScimProblem(404, "", "There is no such resource.");
    }
}
