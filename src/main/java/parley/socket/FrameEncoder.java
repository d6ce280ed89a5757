package parley.socket;

import jakarta.websocket.Encoder;
import parley.protocol.Frame;

/** From a frame that was encoded once, for everyone, to its text. */
public class FrameEncoder implements Encoder.Text<Frame> {

    @Override
    public String encode(Frame frame) {
        return frame.text();
    }
}
