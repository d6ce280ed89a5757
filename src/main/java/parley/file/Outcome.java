package parley.file;

import parley.protocol.Problem;

/** What became of an upload, or of a part of it. */
public sealed interface Outcome {

    /** It was done; the file is in this state now. */
    record Done(StoredFile file) implements Outcome {}

    /**
     * It was refused.
     *
     * @param status of the response over HTTP
     */
    record Refused(Problem problem, int status) implements Outcome {

        Refused(Problem problem) {
            this(problem, problem.code().status());
        }
    }
}
