package parley.journal;

import jakarta.persistence.EntityManager;
import parley.protocol.Frame;
import parley.protocol.RoomEvent;

/**
 * Records events, except messages, in the transaction that stores them. Called once for each event, in the order of its room.
 * Unlike a {@link parley.room.Projection}, it is not called again by a rebuild.
 */
public interface EventRecorder {

    /**
     * Records one event.
     *
     * @param frame the event as on the wire
     * @param address the address of the request; null for the installation itself
     */
    void saw(RoomEvent event, Frame frame, String address, EntityManager em);
}
