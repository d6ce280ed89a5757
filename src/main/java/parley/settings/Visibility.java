package parley.settings;

/** Whom a person finds in the directory: everyone, or only people who share a room with them. */
public enum Visibility { ALL, ROOMS }
