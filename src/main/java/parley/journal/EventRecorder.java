package parley.journal;

import jakarta.persistence.EntityManager;
import parley.protocol.Frame;
import parley.protocol.RoomEvent;

/**
 * Records every event except messages, in the transaction that stores the event. Called once for each event, in the order of the room's
 * log. A rebuild calls every {@link parley.room.Projection} again, but no recorder.
 */
public interface EventRecorder {

    /**
     * Records one event.
     *
     * @param frame the event as on the wire
     * @param address the address of the request; null for the installation itself
     */
    void record(RoomEvent event, Frame frame, String address, EntityManager em);
}
