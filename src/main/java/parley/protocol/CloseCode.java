package parley.protocol;

/**
 * Why the server closes a connection. The range tells a client what to do: 4000-4099 stop, 4100-4199 back off, 4200-4299 reconnect
 * at once.
 */
public enum CloseCode {
    /** Normal end. */
    NORMAL(1000),
    /** A frame that RFC 6455 forbids. */
    PROTOCOL_ERROR(1002),
    /** Text that is no UTF-8, or a compressed message that can't be inflated. */
    NOT_UTF8(1007),
    /** The frame or message is over the limit. */
    TOO_BIG(1009),
    /** The instance restarts; the reason is {@code {"after":ms}}. */
    RESTART(1012),
    /** Signed out, revoked, or the token ran out and was not refreshed. */
    SIGNED_OUT(4001),
    /** Too many broken frames, or out of protocol. */
    BROKEN(4002),
    /** No longer allowed here. */
    NOT_ALLOWED(4003),
    /** Does not read: nothing for too long, or too many bytes of replies wait. */
    SLOW(4101),
    /** Floods past the rate limit. */
    FLOOD(4102),
    /** Too many connections. */
    CROWDED(4103),
    /** No answer to the heartbeat. */
    SILENT(4201);

    private final int code;

    CloseCode(int code) {
        this.code = code;
    }

    /** The code in the close frame (RFC 6455 section 7.4). */
    public int code() {
        return code;
    }
}
