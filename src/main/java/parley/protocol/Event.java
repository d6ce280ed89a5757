package parley.protocol;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Something that happened: logged ({@link RoomEvent}, with an offset) or ephemeral (everything else). */
public sealed interface Event extends Outbound permits RoomEvent, Event.Hello, Event.Typing, Event.Presence,
        Event.Unsubscribed, Event.Activity, Event.RoomAdded, Event.RoomRemoved, Event.Read, Event.Readers, Event.Draft,
        Event.Notified, Event.Withdrawn, Event.DocumentUpdated, Event.DocumentAware, Event.DocumentClosed, Event.CallPeople,
        Event.CallLeft, Event.Signal, Event.SlashRan, Event.SlashPressed, Event.SlashAnswered,
        Event.AnnouncementShown, Event.AnnouncementEnded, Event.FeaturesOn {

    /** The first frame of every connection. */
    record Hello(String session, User user, String node, String build, long heartbeat, Instant now, Instant expires,
                 List<Feature> features, Limits limits) implements Event {}

    /**
     * What a client should know before it is refused for it.
     *
     * @param frame bytes of a frame
     * @param text characters of a text
     * @param subscriptions rooms of a connection
     * @param edit the seconds in which a message may be edited; 0 for no limit
     * @param file bytes of a file; 0 without files
     * @param files of a message; 0 without files
     * @param kept how long rooms may keep messages
     */
    record Limits(int frame, int text, int subscriptions, long edit, long file, int files, Kept kept) {}

    /** The retention of a new room, the shortest and the longest that a room may have. */
    record Kept(Retention standard, Retention floor, Retention ceiling) {}

    /** Someone is typing, or no longer; gone after 6 s unless renewed. */
    record Typing(String room, User by, boolean on) implements Event {}

    /**
     * Who listens, and who came or went.
     *
     * @param renamed members of the room with their new names
     */
    record Presence(String room, Online online, List<String> joined, List<String> left, List<User> renamed) implements Event {

        /** Nobody has a new name. */
        public Presence(String room, Online online, List<String> joined, List<String> left) {
            this(room, online, joined, left, List.of());
        }
    }

    /**
     * Something happened in a room of a person who watches.
     *
     * @param last the newest message, if it may have changed
     */
    record Activity(String room, Unread unread, Optional<Message> last) implements Event {}

    /** A room is one of the person's rooms now, or its name, its topic or the person's role in it changed. */
    record RoomAdded(MyRoom room) implements Event {}

    /** A room is no longer one of the person's rooms. */
    record RoomRemoved(String room) implements Event {}

    /** A person has read a room up to an offset. */
    record Read(String room, User by, long upto) implements Event {}

    /** Several people have read a room. */
    record Readers(String room, List<Unread.Reader> readers) implements Event {}

    /** The person's draft for a room, as another of the person's connections left it; empty if it is gone. */
    record Draft(String room, String text) implements Event {}

    /** The server ended a subscription. */
    record Unsubscribed(String room, ErrorCode code, boolean resubscribe) implements Event {}

    /**
     * The person was notified.
     *
     * @param id of the notification
     * @param offset of the message; 0 for an invitation
     * @param text the beginning of the message; may be empty
     */
    record Notified(long id, String room, long offset, User by, Why why, String text) implements Event {}

    /**
     * Notifications that should no longer be shown, because the person read them or what they point to is gone.
     *
     * @param upto all notifications up to this id; 0 for none
     * @param ids further notifications
     */
    record Withdrawn(long upto, List<Long> ids) implements Event {}

    /**
     * An entry of a document's own log.
     *
     * @param version its number in the document, from 1 without a gap
     * @param update base64 of the bytes
     */
    record DocumentUpdated(String room, String document, long version, String update, User by) implements Event {}

    /** Awareness of another person who has the document open, such as the position of a cursor. */
    record DocumentAware(String room, String document, String data, User by) implements Event {}

    /**
     * The server closed a document.
     *
     * @param reopen whether the client may open it again immediately
     */
    record DocumentClosed(String room, String document, ErrorCode code, boolean reopen) implements Event {}

    /** Who is in the call of a room now. */
    record CallPeople(String room, String call, List<CallParticipant> people) implements Event {}

    /**
     * The server ended a participant of the connection.
     *
     * @param rejoin whether the client may join again immediately
     */
    record CallLeft(String room, String call, String participant, ErrorCode code, boolean rejoin) implements Event {}

    /**
     * A person gave a slash command to the bot.
     *
     * @param call what the bot's answer names
     * @param text what they typed after the name; may be empty
     */
    record SlashRan(String call, String room, User by, String command, String text) implements Event {}

    /**
     * A person pressed a button of the bot.
     *
     * @param call what the bot's answer names
     * @param message the offset of the message with the button; 0 if it was below an answer
     * @param values what the person entered, by the name of the field
     */
    record SlashPressed(String call, String room, User by, long message, String action, Map<String, String> values) implements Event {}

    /** A bot answered the person, and nobody else. */
    record SlashAnswered(String call, String room, User by, String text, Optional<Form> form) implements Event {}

    /**
     * An announcement to everyone begins, or began before the connection watched.
     *
     * @param link an https URL
     * @param until when it ends by itself
     */
    record AnnouncementShown(String id, AnnouncementKind kind, String text, Optional<String> link, Optional<Instant> until,
                             boolean dismissible) implements Event {}

    /** An announcement is over, or the person dismissed it. */
    record AnnouncementEnded(String id) implements Event {}

    /** An administrator switched features on or off: these are on now. */
    record FeaturesOn(List<Feature> features) implements Event {}

    /**
     * What a participant of a call sends to another, to connect their media. Not stored, and never written to a log: it has addresses.
     *
     * @param participant of the sender
     * @param data JSON: a string or an object
     */
    record Signal(String room, String call, User by, String participant, String data) implements Event {

        /** Without the data. */
        @Override
        public String toString() {
            return "Signal[" + data.length() + " characters]";
        }
    }
}
