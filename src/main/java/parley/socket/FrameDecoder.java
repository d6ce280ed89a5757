package parley.socket;

import jakarta.websocket.Decoder;
import parley.protocol.Codec;
import parley.protocol.Inbound;

/** Decodes a text message to a command, or to a {@link parley.protocol.BrokenFrame} that says what is wrong. Never throws. */
public class FrameDecoder implements Decoder.Text<Inbound> {

    @Override
    public Inbound decode(String frame) {
        return Codec.decode(frame);
    }

    @Override
    public boolean willDecode(String frame) {
        return true;
    }
}
