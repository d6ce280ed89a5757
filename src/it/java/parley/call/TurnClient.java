package parley.call;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** As much of a TURN client (RFC 8656) as shows whether a server accepts credentials, and where it relays to. */
final class TurnClient implements AutoCloseable {

    private static final int ALLOCATE = 0x0003;
    private static final int CREATE_PERMISSION = 0x0008;
    private static final int COOKIE = 0x2112A442;
    private static final int USERNAME = 0x0006;
    private static final int INTEGRITY = 0x0008;
    private static final int ERROR = 0x0009;
    private static final int PEER = 0x0012;
    private static final int REALM = 0x0014;
    private static final int NONCE = 0x0015;
    private static final int TRANSPORT = 0x0019;
    private static final byte UDP = 17;
    private static final int HEADER = 20;
    private static final int TRIES = 40;
    private static final int WAIT_MILLIS = 250;

    private final DatagramSocket socket;
    private final String username;
    private final String credential;
    private byte[] realm = {};
    private byte[] nonce = {};

    TurnClient(int port, String username, String credential) throws IOException {
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
        socket.setSoTimeout(WAIT_MILLIS);
        this.username = username;
        this.credential = credential;
    }

    /** Asks for a relay. Returns 0, or the error code. */
    int allocates() {
        Map<Integer, byte[]> challenge = asks(ALLOCATE, TRANSPORT, new byte[] {UDP, 0, 0, 0}, false);
        realm = challenge.get(REALM);
        nonce = challenge.get(NONCE);
        return code(asks(ALLOCATE, TRANSPORT, new byte[] {UDP, 0, 0, 0}, true));
    }

    /** Asks to relay to an address, after {@link #allocates}. Returns 0, or the error code. */
    int permits(String address) throws IOException {
        byte[] peer = ByteBuffer.allocate(8).putShort((short) 1).putShort((short) (9 ^ COOKIE >>> 16))
                .putInt(ByteBuffer.wrap(InetAddress.getByName(address).getAddress()).getInt() ^ COOKIE).array();
        return code(asks(CREATE_PERMISSION, PEER, peer, true));
    }

    private static int code(Map<Integer, byte[]> answer) {
        byte[] error = answer.get(ERROR);
        return error == null ? 0 : error[2] * 100 + error[3];
    }

    // The server may not listen yet, so the request is repeated.
    private Map<Integer, byte[]> asks(int type, int attribute, byte[] value, boolean signed) {
        byte[] request = request(type, attribute, value, signed);
        byte[] buffer = new byte[2_000];
        for (int i = 0; i < TRIES; i++) {
            try {
                socket.send(new DatagramPacket(request, request.length));
                DatagramPacket answer = new DatagramPacket(buffer, buffer.length);
                socket.receive(answer);
                if (Arrays.equals(buffer, 8, HEADER, request, 8, HEADER)) {
                    return attributes(ByteBuffer.wrap(buffer, HEADER, answer.getLength() - HEADER));
                }
            } catch (SocketTimeoutException again) {
                // Ask again.
            } catch (IOException notListening) {
                pause();
            }
        }
        throw new AssertionError("The TURN server does not answer");
    }

    private static void pause() {
        try {
            Thread.sleep(WAIT_MILLIS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private byte[] request(int type, int attribute, byte[] value, boolean signed) {
        ByteArrayOutputStream attributes = new ByteArrayOutputStream();
        put(attributes, attribute, value);
        byte[] id = new byte[12];
        new SecureRandom().nextBytes(id);
        if (!signed) {
            return message(type, id, attributes.toByteArray(), 0);
        }
        put(attributes, USERNAME, username.getBytes(StandardCharsets.UTF_8));
        put(attributes, REALM, realm);
        put(attributes, NONCE, nonce);
        // The length counts the signature, which is not part of what is signed.
        put(attributes, INTEGRITY, signature(message(type, id, attributes.toByteArray(), 24)));
        return message(type, id, attributes.toByteArray(), 0);
    }

    private static byte[] message(int type, byte[] id, byte[] attributes, int further) {
        return ByteBuffer.allocate(HEADER + attributes.length).putShort((short) type).putShort((short) (attributes.length + further))
                .putInt(COOKIE).put(id).put(attributes).array();
    }

    private static void put(ByteArrayOutputStream attributes, int type, byte[] value) {
        int padded = (value.length + 3) / 4 * 4;
        attributes.writeBytes(ByteBuffer.allocate(4 + padded).putShort((short) type).putShort((short) value.length).put(value).array());
    }

    private byte[] signature(byte[] message) {
        try {
            String whose = username + ":" + new String(realm, StandardCharsets.UTF_8) + ":" + credential;
            byte[] key = MessageDigest.getInstance("MD5").digest(whose.getBytes(StandardCharsets.UTF_8));
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException(missing);
        }
    }

    private static Map<Integer, byte[]> attributes(ByteBuffer in) {
        Map<Integer, byte[]> attributes = new HashMap<>();
        while (in.remaining() >= 4) {
            int type = in.getShort() & 0xffff;
            byte[] value = new byte[in.getShort() & 0xffff];
            in.get(value);
            in.position(Math.min(in.limit(), in.position() + (4 - value.length % 4) % 4));
            attributes.put(type, value);
        }
        return attributes;
    }

    @Override
    public void close() {
        socket.close();
    }
}
