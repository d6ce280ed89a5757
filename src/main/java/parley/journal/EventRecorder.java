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
     * Writes what it keeps of an event.
     *
     * @param frame the event as it goes over the wire
     * @param address where its cause came from; null for the installation itself
     */
    void saw(RoomEvent event, Frame frame, String address, EntityManager em);
}
