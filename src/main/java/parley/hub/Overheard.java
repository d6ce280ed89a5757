package parley.hub;

import java.util.List;
import parley.journal.LoggedFrame;

/**
 * CDI event: another instance committed events that don't follow this instance's view of the room, or the room has no view here. They are
 * consecutive and in order. Fired on the thread that received them.
 */
public record Overheard(String room, List<LoggedFrame> frames) {}
