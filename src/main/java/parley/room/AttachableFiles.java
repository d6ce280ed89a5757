package parley.room;

import jakarta.persistence.EntityManager;
import java.util.List;
import parley.protocol.AttachedFile;

/** The files that are ready for a message. */
public interface AttachableFiles {

    /**
     * Those of these files that this person uploaded to this room, that are ready and in no message, in the order of the ids. Locks them in
     * the running transaction.
     */
    List<AttachedFile> find(String room, String owner, List<String> ids, EntityManager em);
}
