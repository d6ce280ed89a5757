package parley.socket;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import parley.identity.Authentication;
import parley.identity.BotTokens;
import parley.identity.IssuerKeys;
import parley.identity.Revocations;
import parley.identity.TokenVerifier;
import parley.kit.RawFrame;
import parley.protocol.BrokenFrame;
import parley.protocol.CloseCode;
import parley.protocol.Codec;
import parley.protocol.Command;
import parley.protocol.TextRules;
import parley.settings.Given;
import parley.settings.Settings;

/**
 * The fuzz target for everything that parses client input. Any input must yield a message, a problem or a close code, never an exception.
 * The first byte of an input selects the parser. {@link FuzzedInputsTest} runs the stored inputs; the build runs Jazzer to find more.
 */
public final class WireFuzz {

    private static final int MAX_BUILT_FRAMES = 64;
    private static final TokenVerifier VERIFIER = verifier();

    private WireFuzz() {
    }

    /** The entry point that Jazzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] rest = Arrays.copyOfRange(input, 1, input.length);
        String text = new String(rest, StandardCharsets.UTF_8);
        switch (input[0]) {
            case 'b' -> frames(rest);
            case 'f' -> frames(build(rest));
            case 'c' -> command(text);
            case 'h' -> handshake(text);
            case 't' -> token(text);
            case 'n' -> name(text);
            default -> { }
        }
    }

    // The result must not depend on how the bytes are split. Nothing may follow the end.
    private static void frames(byte[] bytes) {
        Recorder expected = new Recorder();
        new FrameReader(expected, true).read(bytes.clone());
        Recorder split = new Recorder();
        FrameReader reader = new FrameReader(split, true);
        int step = bytes.length == 0 ? 1 : 1 + (bytes[0] & 0x0f);
        for (int at = 0; at < bytes.length; at += step) {
            reader.read(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + step)));
        }
        assertThat(split.all).isEqualTo(expected.all);
    }

    // Builds masked frames from the input, so that the fuzzer gets past the header checks: first byte, length, payload, and so on.
    private static byte[] build(byte[] plan) {
        ByteArrayOutputStream frames = new ByteArrayOutputStream();
        ByteBuffer input = ByteBuffer.wrap(plan);
        for (int i = 0; i < MAX_BUILT_FRAMES && input.remaining() >= 2; i++) {
            int head = input.get() & 0xff;
            byte[] payload = new byte[Math.min(input.get() & 0xff, input.remaining())];
            input.get(payload);
            frames.writeBytes(RawFrame.of(head, payload).encoded());
        }
        return frames.toByteArray();
    }

    private static void command(String text) {
        switch (Codec.decode(text)) {
            case BrokenFrame broken -> assertThat(broken.problem().message()).isNotBlank();
            case Command command -> assertThat(command.id()).isBetween(0L, 1L << 53);
        }
        Codec.fields(text).ifPresent(fields -> {
            fields.room("id");
            fields.name("name");
            fields.lineOrNone("topic", TextRules.LONGEST_NAME);
            fields.lines("groups", 50, TextRules.LONGEST_NAME);
            fields.problem();
        });
    }

    private static void handshake(String head) {
        List<String> lines = head.lines().toList();
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(WireFuzz.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class}, (proxy, method, arguments) -> switch (method.getName()) {
                    case "getMethod" -> "GET";
                    case "getHeader" -> values(lines, (String) arguments[0]).stream().findFirst().orElse(null);
                    case "getHeaders" -> Collections.enumeration(values(lines, (String) arguments[0]));
                    case "getParameter" -> values(lines, "?" + arguments[0]).stream().findFirst().orElse(null);
                    default -> throw new AssertionError(method);
                });
        Handshake handshake = new Handshake(request);
        boolean valid = handshake.isUpgrade() && handshake.hasSupportedVersion() && handshake.hasValidKey() && handshake.supportsParley();
        handshake.subprotocol();
        handshake.offersDeflate();
        if (valid) {
            handshake.ticket();
            handshake.token().ifPresent(WireFuzz::token);
        }
    }

    private static List<String> values(List<String> lines, String name) {
        return lines.stream().filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip()).toList();
    }

    private static void token(String token) {
        assertThat(VERIFIER.verify(token)).isInstanceOf(Authentication.Denied.class);
    }

    private static void name(String written) {
        String name = TextRules.name(written);
        assertThat(TextRules.name(name)).isEqualTo(name);
        if (TextRules.wrongInName(name).isEmpty()) {
            assertThat(TextRules.looks(name)).isNotEmpty().containsAnyElementsOf(TextRules.looks(name));
            assertThat(TextRules.shown(name)).isEqualTo(name);
        }
        String shown = TextRules.shown(written);
        assertThat(shown.isEmpty() || TextRules.wrongInName(shown).isEmpty()).isTrue();
        TextRules.isUserId(written);
    }

    private static TokenVerifier verifier() {
        try {
            String key = new RSAKeyGenerator(2048).keyID("one").generate().toPublicJWK().toJSONString();
            Given given = new Given(Map.of("mp.jwt.verify.issuer", "https://idp.example.com", "mp.jwt.verify.publickey", key));
            Settings settings = Settings.of(given);
            Revocations revocations = new Revocations(settings);
            return new TokenVerifier(new IssuerKeys(given, settings), given, settings, revocations, new BotTokens(revocations, null));
        } catch (JOSEException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Recorder implements FrameReader.Listener {
        private final List<String> all = new ArrayList<>();
        private boolean over;

        private void record(String what) {
            assertThat(over).as("after the end: %s", what).isFalse();
            all.add(what);
        }

        @Override
        public void text(String text) {
            record("text " + text);
            command(text);
        }

        @Override
        public void binary(byte[] content) {
            record("binary");
        }

        @Override
        public void ping(byte[] content) {
            assertThat(content.length).isLessThanOrEqualTo(125);
            record("ping " + Arrays.toString(content));
        }

        @Override
        public void pong() {
            record("pong");
        }

        @Override
        public void close(int code) {
            record("close " + code);
            over = true;
        }

        @Override
        public void violation(CloseCode code) {
            record("violation " + code);
            over = true;
        }
    }
}
