package parley.notify;

import parley.protocol.Frame;

/** Sends a frame to every watching connection of a person, on every instance. Safe for every thread; never waits. */
interface Telling {

    /** Sends this frame to the connections of this person. Without one, nothing happens. */
    void tell(String person, Frame frame);
}
