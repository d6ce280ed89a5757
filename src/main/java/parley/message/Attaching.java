package parley.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import parley.protocol.AttachedFile;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.room.DecisionContext;
import parley.room.RoomView;

/** The files that an author puts into a message. */
final class Attaching {

    private Attaching() {
    }

    /**
     * The files of these ids, in their order; empty if one of them can't be put into this message.
     *
     * @param kept those that the message carries already
     */
    static Optional<List<AttachedFile>> files(List<String> ids, List<AttachedFile> kept, RoomView room, String author,
                                              DecisionContext context) {
        if (ids.isEmpty()) {
            return Optional.of(List.of());
        }
        List<AttachedFile> known = new ArrayList<>(kept);
        List<String> added = ids.stream().filter(id -> kept.stream().noneMatch(file -> file.id().equals(id))).toList();
        if (!added.isEmpty()) {
            known.addAll(context.attachable(room, author, added));
        }
        List<AttachedFile> files = ids.stream().distinct()
                .flatMap(id -> known.stream().filter(file -> file.id().equals(id)).limit(1)).toList();
        return Optional.of(files).filter(all -> all.size() == ids.size());
    }

    /** Refuses files in a room that stores no messages. */
    static Optional<Problem> unstored(RoomView room, List<String> ids) {
        return !ids.isEmpty() && room.profile().retention().equals(Retention.NONE) ? Optional.of(Problem.forbidden(
                "This room stores no messages, so it can't have files.")) : Optional.empty();
    }

    static Problem refused() {
        return Problem.badRequest("`files` must be different ids of your own files that were uploaded to this room, are ready, and are in "
                + "no message.");
    }
}
