package parley.tracing;

/** Begins traces. Safe for every thread. */
interface Traces {

    /** Begins the trace of a command on a socket. */
    Trace command(String type);

    /** Begins the trace of a command over HTTP, under the span of the request if the server traces requests. */
    Trace request(String type);
}
