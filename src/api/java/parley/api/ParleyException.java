package parley.api;

/** Parley refused a call. */
public class ParleyException extends RuntimeException {

    private static final long serialVersionUID = 1;
    private final String code;

    /** A refusal with its code and a sentence for developers. */
    public ParleyException(String code, String message) {
        super(message);
        this.code = code;
    }

    ParleyException(String code, String message, Throwable cause) {
        super(message, cause);
        this.code = code;
    }

    /** The reason, as the protocol names it: {@code bad_request}, {@code not_found}, {@code forbidden}, {@code conflict} … */
    public String code() {
        return code;
    }
}
