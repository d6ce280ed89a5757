package parley.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/** A frame in each encoding, and what clients send in CBOR or compressed. */
class FrameTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final CBORMapper CBOR = new CBORMapper();
    private static final Path EXAMPLES = Path.of(System.getProperty("basedir", ""), "src/main/webapp/protocol/examples");
    private static final int MOST = Codec.LARGEST_FRAME;

    @ParameterizedTest
    @ValueSource(strings = {"", "ff", "01", "80", "a1", "a16174", "bf", "a0a0", "a261610161610261", "a2616101616102", "9f", "7f",
            "a1647479706563666f6f00", "1b7fffffffffffffff"})
    void whatIsNotOneCborMapIsABrokenFrame(String hex) {
        assertThat(Codec.decode(HexFormat.of().parseHex(hex))).isInstanceOf(BrokenFrame.class);
    }

    @Test
    void aCborFrameOfTooManyLevelsIsABrokenFrame() {
        byte[] deep = new byte[100];
        Arrays.fill(deep, (byte) 0x81);
        byte[] frame = ByteBuffer.allocate(103).put((byte) 0xa1).put((byte) 0x61).put((byte) 'a').put(deep).array();
        assertThat(Codec.decode(frame)).isInstanceOf(BrokenFrame.class);
    }

    @Test
    void aCommandInCborIsTheSameCommand() {
        assertThat(Codec.decode(HexFormat.of().parseHex("a2" + "6474797065" + "6470696e67" + "626964" + "07")))
                .isEqualTo(Codec.decode("{\"type\":\"ping\",\"id\":7}")).isInstanceOf(Command.class);
    }

    @ParameterizedTest
    @MethodSource("examples")
    void everyExampleIsTheSameObjectInCbor(JsonNode example) {
        byte[] frame = new Frame(example.toString()).bytes(Encoding.CBOR);
        assertThat(frame[0] & 0xff).as("a whole binary frame").isEqualTo(0x82);
        assertThat(CBOR.readTree(content(frame))).isEqualTo(JSON.readTree(JSON.writeValueAsBytes(example)));
    }

    static List<JsonNode> examples() throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            List<JsonNode> frames = files.filter(file -> file.toString().endsWith(".json")).map(FrameTest::read)
                    .flatMap(FrameTest::objects).toList();
            assertThat(frames).hasSizeGreaterThan(30);
            return frames;
        }
    }

    private static JsonNode read(Path file) {
        return JSON.readTree(file.toFile());
    }

    private static Stream<JsonNode> objects(JsonNode tree) {
        return tree.isArray() ? Stream.iterate(0, i -> i < tree.size(), i -> i + 1).map(tree::get).flatMap(FrameTest::objects)
                : Stream.of(tree);
    }

    @Test
    void theSmallestIntegersAndDefiniteLengthsAreUsed() {
        assertThat(HexFormat.of().formatHex(content(new Frame("{\"re\":7,\"ok\":{\"offset\":300}}").bytes(Encoding.CBOR))))
                .isEqualTo("a2" + "627265" + "07" + "626f6b" + "a1" + "666f6666736574" + "19012c");
    }

    @ParameterizedTest
    @EnumSource(Encoding.class)
    void recipientsWithOneEncodingShareTheBytes(Encoding encoding) {
        Frame frame = new Frame("{\"text\":\"" + "hello ".repeat(1_000) + "\"}");
        assertThat(frame.bytes(encoding)).isSameAs(frame.bytes(encoding));
        assertThat(frame.bytes()).isSameAs(frame.bytes(Encoding.JSON));
    }

    @Test
    void smallFramesAreNotCompressed() {
        Frame small = new Frame("{\"text\":\"" + "x".repeat(900) + "\"}");
        assertThat(small.bytes(Encoding.JSON_DEFLATED)).isSameAs(small.bytes());
        byte[] cbor = small.bytes(Encoding.CBOR_DEFLATED);
        assertThat(cbor).isEqualTo(small.bytes(Encoding.CBOR));
    }

    @Test
    void largeFramesAreCompressedUnlessTheyGrow() {
        Frame page = new Frame("{\"messages\":[" + String.join(",", java.util.Collections.nCopies(50,
                "{\"offset\":42,\"by\":{\"id\":\"alice\",\"name\":\"Alice\"},\"text\":\"How are you?\"}")) + "]}");
        byte[] compressed = page.bytes(Encoding.JSON_DEFLATED);
        assertThat(compressed[0] & 0xff).as("the first bit after FIN says so").isEqualTo(0xc1);
        assertThat(compressed.length).isLessThan(page.size() / 3);
        assertThat(inflate(content(compressed))).isEqualTo(page.text());
        assertThat(page.bytes(Encoding.CBOR_DEFLATED)[0] & 0xff).isEqualTo(0xc2);

        Random random = new Random(1);
        StringBuilder noise = new StringBuilder();
        random.ints(2_000, 33, 0xd7ff).filter(c -> c != '"' && c != '\\').forEach(noise::appendCodePoint);
        byte[] noisy = new Frame("{\"text\":\"" + noise + "\"}").bytes(Encoding.JSON_DEFLATED);
        assertThat(noisy[0] & 0xff).isIn(0x81, 0xc1);
        assertThat(noisy.length).isLessThanOrEqualTo(new Frame("{\"text\":\"" + noise + "\"}").size());
    }

    @Test
    void aCompressedMessageOfAnySizeIsInflated() {
        Random random = new Random(2);
        for (int size = 0; size <= MOST; size += 1 + random.nextInt(4_000)) {
            byte[] content = new byte[size];
            for (int i = 0; i < size; i++) {
                content[i] = (byte) ('a' + random.nextInt(4));
            }
            byte[] payload = Deflate.deflate(content);
            assertThat(Deflate.inflate(payload, 0, payload.length, MOST)).hasValueSatisfying(found -> assertThat(found).isEqualTo(content));
        }
    }

    @Test
    void inflatingStopsAtTheBound() {
        byte[] bomb = Deflate.deflate(new byte[10_000_000]);
        assertThat(bomb.length).isLessThan(MOST);
        assertThat(Deflate.inflate(bomb, 0, bomb.length, MOST)).hasValueSatisfying(found -> assertThat(found).hasSize(MOST + 1));
    }

    @Test
    void theExamplesOfRfc7692AreInflated() {
        assertThat(inflate(HexFormat.of().parseHex("f248cdc9c90700"))).isEqualTo("Hello");
        assertThat(inflate(HexFormat.of().parseHex("000500faff48656c6c6f00"))).as("a block without compression").isEqualTo("Hello");
        assertThat(inflate(HexFormat.of().parseHex("f348cdc9c9070000"))).as("a last block").isEqualTo("Hello");
        assertThat(inflate(HexFormat.of().parseHex("f248050000" + "00ffffcac9c90700"))).as("two blocks").isEqualTo("Hello");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ffffffff", "0700", "f348cdc9c90700f348cdc9c90700"})
    void whatIsNotCompressedIsInvalid(String hex) {
        byte[] payload = HexFormat.of().parseHex(hex);
        assertThat(Deflate.inflate(payload, 0, payload.length, MOST)).isEmpty();
    }

    private static String inflate(byte[] payload) {
        Optional<byte[]> content = Deflate.inflate(payload, 0, payload.length, MOST);
        return new String(content.orElseThrow(), StandardCharsets.UTF_8);
    }

    private static byte[] content(byte[] frame) {
        int code = frame[1];
        return Arrays.copyOfRange(frame, code < 126 ? 2 : code == 126 ? 4 : 10, frame.length);
    }

    @Test
    void deflaterOfTheJdkAgrees() {
        Deflater deflater = new Deflater(9, true);
        deflater.setInput("Hello".getBytes(StandardCharsets.UTF_8));
        byte[] out = new byte[100];
        int length = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
        deflater.end();
        assertThat(inflate(Arrays.copyOf(out, length - 4))).isEqualTo("Hello");
    }
}
