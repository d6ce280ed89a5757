package parley.hook;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.protocol.CallChange;
import parley.protocol.DocumentChange;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.RoomChange;

/** The types of the events that a hook may get. They don't include the end of a room, because its hooks end with it. */
final class EventTypes {

    static final Set<String> ALL = Stream.of(MessageChange.TYPES, CallChange.TYPES,
            Set.of(RoomChange.Updated.TYPE, RoomChange.Rewritten.TYPE, MemberChange.Joined.TYPE, MemberChange.Left.TYPE,
                    MemberChange.RoleChanged.TYPE, MemberChange.Muted.TYPE, MemberChange.Unmuted.TYPE, DocumentChange.Created.TYPE,
                    DocumentChange.Renamed.TYPE, DocumentChange.Deleted.TYPE)).flatMap(Set::stream).collect(Collectors.toUnmodifiableSet());

    private EventTypes() {
    }
}
