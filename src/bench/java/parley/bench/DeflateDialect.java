package parley.bench;

import java.nio.ByteBuffer;

/** Parley's protocol with permessage-deflate negotiated, for idle clients: only a greeting or a reply may come compressed. */
final class DeflateDialect extends ParleyDialect {

    @Override
    public String headers(String token) {
        return super.headers(token) + "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n";
    }

    // A frame of JSON begins with a brace. A compressed one doesn't, and is the reply for which the client waits.
    @Override
    public Kind kind(ByteBuffer bytes, int from, int length) {
        return bytes.get(from) == '{' ? super.kind(bytes, from, length) : Kind.GREETING;
    }
}
