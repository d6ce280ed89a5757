package parley.protocol;

import java.util.Optional;

/**
 * What a person has not read in a room. Immutable.
 *
 * @param asOf the offset of the last event that the numbers include
 * @param read everything up to this offset was read
 * @param messages the messages after it that are not deleted, not the person's own, and not only in a thread. Counted among the next
 *     {@link #WINDOW} events
 * @param mentions the messages after it that mention the person or everyone, or reply in a thread in which the person takes part
 */
public record Unread(long asOf, long read, int messages, int mentions) {

    /** Messages further than this behind the marker are not counted. */
    public static final int WINDOW = 2_000;

    /**
     * The numbers after the next event of the room; empty if only a recount can tell, or if an event is missing in between. An event that
     * the numbers include changes nothing.
     */
    public Optional<Unread> after(RoomEvent event, String person) {
        if (event.offset() <= asOf) {
            return Optional.of(this);
        }
        if (event.offset() != asOf + 1) {
            return Optional.empty();
        }
        return switch (event.change()) {
            case MessageChange.Posted posted -> after(event, posted, person);
            case MessageChange.Edited edited -> Optional.empty();
            case MessageChange.Deleted deleted -> Optional.empty();
            case MessageChange.Restored restored -> Optional.empty();
            case MemberChange change when change.user().id().equals(person) -> Optional.empty();
            default -> Optional.of(new Unread(event.offset(), read, messages, mentions));
        };
    }

    private Optional<Unread> after(RoomEvent event, MessageChange.Posted posted, String person) {
        if (posted.thread() > 0) {
            // Whose thread it is, and whose it becomes, is in the tables.
            return Optional.empty();
        }
        if (event.by().id().equals(person) || posted.deleted() || event.offset() <= read) {
            return Optional.of(new Unread(event.offset(), read, messages, mentions));
        }
        boolean concerns = posted.everyone() || posted.mentions().contains(person);
        return Optional.of(new Unread(event.offset(), read, messages + (event.offset() <= read + WINDOW ? 1 : 0),
                mentions + (concerns ? 1 : 0)));
    }

    /** How far one person has read a room. */
    public record Reader(String user, long upto) {}

    /** What nobody has read, in a room that stores no messages or has no marker for the person. */
    public static Unread none(long asOf) {
        return new Unread(asOf, asOf, 0, 0);
    }
}
