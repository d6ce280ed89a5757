package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import parley.protocol.Frame;

/** No connection watches yet. */
@ApplicationScoped
class NobodyWatches implements Telling {

    @Override
    public void tell(String person, Frame frame) {
        // There is no one to tell.
    }
}
