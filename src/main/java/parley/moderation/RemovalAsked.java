package parley.moderation;

/** An administrator asked this instance for a removal, or for its undoing. */
record RemovalAsked() {}
