package parley.extract;

/** What became of the search for the text of a file. */
public enum Outcome {
    /** There is text. */
    FOUND,
    /** The file is as its format says, and has no text. */
    NONE,
    /** The file is encrypted. */
    ENCRYPTED,
    /** The file is not as its format says, or has what no such file needs, such as a document type definition. */
    MALFORMED,
    /** The file becomes too large when it is decompressed, or has too many parts. */
    TOO_LARGE,
    /** The process did not end in time and was stopped. */
    TOO_SLOW,
    /** The process needed more memory than it may have. */
    OUT_OF_MEMORY,
    /** The process failed in another way. */
    FAILED
}
