package parley.socket;

import parley.protocol.BrokenFrame;
import parley.protocol.Codec;
import parley.protocol.Encoding;
import parley.protocol.Inbound;
import parley.protocol.Problem;

/** What a message from a client is, in the encoding that its handshake chose: a command, or what is wrong with it. */
final class Received {

    private Received() {
    }

    static Inbound text(Encoding encoding, String text) {
        return encoding.isBinary() ? broken("This subprotocol has no text frames. Send CBOR in binary frames.")
                : Codec.decode(text);
    }

    static Inbound binary(Encoding encoding, byte[] content) {
        return encoding.isBinary() ? Codec.decode(content) : broken("Binary frames aren't supported. Send text frames.");
    }

    private static Inbound broken(String message) {
        return new BrokenFrame(0, Problem.badRequest(message));
    }
}
