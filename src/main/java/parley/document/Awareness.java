package parley.document;

import parley.protocol.Event;

/** CDI event: someone on this instance tells something about a document that is not stored. */
public record Awareness(Event.DocumentAware aware) {}
