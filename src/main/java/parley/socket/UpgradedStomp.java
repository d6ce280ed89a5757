package parley.socket;

import parley.protocol.CloseCode;
import parley.protocol.Encoding;
import parley.stomp.StompSocket;

/** A socket that speaks STOMP. Its connection opens later: with the client's first frame. */
final class UpgradedStomp extends UpgradedSocket {

    private final CallerPrincipal principal;
    private final StompAdmission door;
    private GrizzlyWire wire;
    private StompSocket socket;

    UpgradedStomp(CallerPrincipal principal, StompAdmission door) {
        super(principal, Encoding.STOMP, null, null);
        this.principal = principal;
        this.door = door;
    }

    @Override
    void begin(GrizzlyWire ownWire) {
        wire = ownWire;
        socket = door.enter(principal, ownWire);
    }

    @Override
    void ended() {
        socket.ended();
    }

    @Override
    public void text(String text) {
        socket.text(text);
    }

    @Override
    public void binary(byte[] content) {
        socket.binary(content);
    }

    @Override
    public void ping(byte[] content) {
        socket.ping(content);
    }

    @Override
    public void pong() {
        socket.pong();
    }

    @Override
    public void close(int code) {
        socket.close(code);
        wire.peerClosed();
    }

    @Override
    public void violation(CloseCode code) {
        socket.violation(code);
    }
}
