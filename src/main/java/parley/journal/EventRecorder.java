package parley.journal;

import jakarta.persistence.EntityManager;
import parley.protocol.Frame;
import parley.protocol.RoomEvent;

/**
 * Sees each event but what is said, once, in the transaction that stores it; unlike a {@link parley.room.Projection} never again, whatever is
 * rebuilt. Called by the journal, event by event, in the order of each room.
 */
public interface EventRecorder {

    /**
     * Writes what it keeps of an event.
     *
     * @param frame the event as it goes over the wire
     * @param address where its cause came from; null for the installation itself
     */
    void saw(RoomEvent event, Frame frame, String address, EntityManager em);
}
