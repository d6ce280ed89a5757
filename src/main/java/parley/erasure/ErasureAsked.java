package parley.erasure;

/** An administrator asked this instance for an erasure. */
record ErasureAsked() {}
