package parley.socket;

import jakarta.websocket.Decoder;
import parley.protocol.Codec;
import parley.protocol.Inbound;

/** From a text frame to a command, or to what is wrong with it. Every text decodes to something. */
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
