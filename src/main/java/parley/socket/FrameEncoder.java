package parley.socket;

import jakarta.websocket.Encoder;
import parley.protocol.Frame;

/** Passes the text of a frame on. A frame is encoded once and sent to many connections. */
public class FrameEncoder implements Encoder.Text<Frame> {

    @Override
    public String encode(Frame frame) {
        return frame.text();
    }
}
