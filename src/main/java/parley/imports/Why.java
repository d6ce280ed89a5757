package parley.imports;

import java.util.Locale;

/** Why something of an export is not imported, or not as it was. */
enum Why {
    BAD_LINE("A line is not a JSON object of the format."),
    LONG_LINE("A line is too long."),
    BAD_ENTRY("An entry of the ZIP file can't be read, is too large, or has a path that leaves the file."),
    BAD_PEOPLE_LINE("A line of the people file is not an id there, a comma, and a user id here."),
    UNMAPPED_PERSON("A person is not in the people file."),
    UNKNOWN_CONVERSATION("A message belongs to a channel that the export does not have."),
    BAD_CONVERSATION("A channel or direct conversation has no name or no usable list of people."),
    NAME_TAKEN("A public room has this name already; the imported room got another one."),
    ROOM_CLOSED("The room of an earlier import was closed here, or does not keep all messages any longer."),
    DIRECT_ROOM_EXISTS("These people have a direct room here already."),
    DIRECT_PEOPLE("A direct room has 2 to 9 people, all of them mapped."),
    MEMBER_REFUSED("A person could not become a member of a room."),
    SYSTEM_MESSAGE("The other system wrote this message itself, for example that someone joined."),
    UNMAPPED_AUTHOR("The author of a message is not in the people file."),
    BAD_TIME("A message has no time, or one that is before 2000 or in the future."),
    EMPTY_MESSAGE("A message has no text and no file."),
    LONG_MESSAGE("A message was too long; it became several messages."),
    DUPLICATE("A message is in the export twice."),
    LOST_THREAD("The first message of a thread is missing; its replies became messages of the room."),
    UNKNOWN_EMOJI("A reaction is with an emoji of their own, which Unicode does not have."),
    REACTION("A reaction is by a person who is not mapped, or beyond the number of different emoji."),
    FILE_NOT_INCLUDED("A file is only a link in the export, or is missing in the ZIP file."),
    FILE_REFUSED("A file is too large, does not fit into the quota of its owner, or did not pass the virus scanner."),
    FILES("A message has more files than a message has here.");

    private final String text;

    Why(String text) {
        this.text = text;
    }

    /** A sentence for administrators. */
    String text() {
        return text;
    }

    /** Its name on the wire. */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
