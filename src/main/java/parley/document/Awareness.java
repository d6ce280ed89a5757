package parley.document;

import parley.protocol.Event;

/** CDI event: a person on this instance broadcasts awareness of a document, which is not stored. */
public record Awareness(Event.DocumentAware aware) {}
