package parley.journal;

import jakarta.persistence.EntityManager;
import java.util.Optional;
import parley.protocol.Frame;
import parley.protocol.RoomEvent;

/**
 * Records events in the transaction that stores them: all but those of messages, and of these the deletions by other people. Called once
 * for each event, in the order of the room's log. A rebuild calls every {@link parley.room.Projection} again, but no recorder.
 */
public interface EventRecorder {

    /**
     * Records one event.
     *
     * @param frame the event as on the wire
     * @param concerns the user whom the event concerns, if the event doesn't name that user
     * @param address the address of the request; null for the installation itself
     */
    void record(RoomEvent event, Frame frame, Optional<String> concerns, String address, EntityManager em);
}
