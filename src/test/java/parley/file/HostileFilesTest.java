package parley.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import parley.protocol.ErrorCode;
import parley.sql.Statements;

/** Each hostile file, and its outcome. What is not inline is a download that no browser runs. */
class HostileFilesTest {

    private static final long MOST_MILLIS = 5_000;
    private static final HexFormat HEX = HexFormat.of();

    private final ADatabase database = new ADatabase();
    private final ADatabase.Instance instance = database.instance();

    @Test
    void htmlNamedPngIsADownload() {
        StoredFile file = stored("cat.png", text("<!DOCTYPE html><html><script>alert(1)</script></html>"));
        assertThat(file.type()).isEqualTo("text/html");
        assertThat(isInert(file)).isTrue();
    }

    @Test
    void svgIsADownload() {
        StoredFile file = stored("logo.svg", text("<?xml version=\"1.0\"?>"
                + "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>"));
        assertThat(file.type()).isEqualTo("image/svg+xml");
        assertThat(isInert(file)).isTrue();
    }

    @Test
    void anExeNamedTxtIsADownload() throws IOException {
        ByteArrayOutputStream exe = new ByteArrayOutputStream();
        exe.write(HEX.parseHex("4d5a90000300000004000000ffff0000b800000000000000400000000000000000000000000000000000000000000000"));
        exe.write(HEX.parseHex("000000000000000000000000800000000e1fba0e00b409cd21b8014ccd21546869732070726f6772616d"));
        exe.write(new byte[38]);
        exe.write(HEX.parseHex("50450000646200000000000000000000"));
        exe.write(new byte[500]);
        StoredFile file = stored("readme.txt", exe.toByteArray());
        assertThat(file.type()).contains("ms").doesNotContain("text");
        assertThat(file.isInline()).isFalse();
    }

    @Test
    void anEmptyFileIsADownloadOfNoType() {
        StoredFile file = stored("empty.html", new byte[0]);
        assertThat(file.state()).isEqualTo(StoredFile.State.READY);
        assertThat(file.type()).isEqualTo("application/octet-stream");
        assertThat(file.size()).isZero();
        assertThat(file.isInline()).isFalse();
        assertThat(instance.bytes(file)).isEmpty();
    }

    @Test
    void twentyFiveMebibytesAreTakenAndOneByteMoreIsNot() {
        int most = 25 * 1024 * 1024;
        assertThat(stored("large.bin", new byte[most]).size()).isEqualTo(most);
        Outcome.Refused refused = (Outcome.Refused) instance.upload("alice", "large.bin", new byte[most + 1]);
        assertThat(refused.problem().code()).isEqualTo(ErrorCode.TOO_LARGE);
    }

    @Test
    void aPngOf30000By30000PixelsIsADownloadAndIsNotDecoded() throws IOException {
        byte[] bomb = pngOf(30_000, 30_000);
        assertThat(bomb.length).isLessThan(2_000_000);
        long memory = used();
        long began = System.nanoTime();
        StoredFile file = stored("bomb.png", bomb);
        assertThat((System.nanoTime() - began) / 1_000_000).isLessThan(MOST_MILLIS);
        assertThat(used() - memory).isLessThan(200_000_000);
        assertThat(file.type()).isEqualTo("image/png");
        assertThat(file.thumbnail()).isFalse();
        assertThat(file.isInline()).isFalse();
        assertThat(file.width()).isZero();
    }

    @Test
    void aPngWhoseTextInflatesToMuchLosesTheText() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        text.writeBytes(text("Comment\0\0"));
        try (OutputStream deflated = new DeflaterOutputStream(text, new Deflater(9))) {
            for (int i = 0; i < 100; i++) {
                deflated.write(new byte[1_000_000]);
            }
        }
        byte[] png = png(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB));
        StoredFile file = stored("a.png", insert(png, "zTXt", text.toByteArray()));
        assertThat(instance.bytes(file)).isEqualTo(instance.bytes(stored("b.png", png)));
        assertThat(file.width()).isEqualTo(20);
        assertThat(file.thumbnail()).isTrue();
    }

    @Test
    void aZipBombIsADownloadThatNobodyOpens() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(zip)) {
            entries.putNextEntry(new ZipEntry("zeros"));
            for (int i = 0; i < 100; i++) {
                entries.write(new byte[1_000_000]);
            }
        }
        StoredFile file = stored("bomb.zip", zip.toByteArray());
        assertThat(file.type()).isEqualTo("application/zip");
        assertThat(file.size()).isEqualTo(zip.size());
        assertThat(file.isInline()).isFalse();
    }

    @Test
    void aPictureWithAPageBehindItLosesThePage() throws IOException {
        byte[] png = png(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB));
        byte[] page = text("<html><script>alert(1)</script></html>");
        StoredFile file = stored("a.png", concat(png, page));
        assertThat(file.type()).isEqualTo("image/png");
        assertThat(new String(instance.bytes(file), StandardCharsets.ISO_8859_1)).doesNotContain("script");
        byte[] jpeg = jpeg(20, 10);
        assertThat(new String(instance.bytes(stored("a.jpg", concat(jpeg, page))), StandardCharsets.ISO_8859_1)).doesNotContain("script");
    }

    @Test
    void aGifThatIsAScriptTooStaysAPicture() {
        StoredFile file = stored("a.gif", concat(text("GIF89a/*"), text("*/=alert(1)//")));
        assertThat(file.type()).isEqualTo("image/gif");
        assertThat(file.harmlessType()).isEqualTo("image/gif");
        assertThat(file.isInline()).as("it is broken as a picture").isFalse();
    }

    @Test
    void aPdfWithAScriptInItIsShownInASandboxOnly() {
        StoredFile file = stored("a.pdf", text("%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>endobj\n%%EOF"));
        assertThat(file.type()).isEqualTo("application/pdf");
        assertThat(file.isInline()).isTrue();
    }

    @Test
    void aPictureThatIsCutOffIsADownload() throws IOException {
        byte[] png = png(new BufferedImage(200, 100, BufferedImage.TYPE_INT_RGB));
        StoredFile file = stored("cut.png", Arrays.copyOf(png, png.length / 2));
        assertThat(file.isInline()).isFalse();
        assertThat(file.thumbnail()).isFalse();
    }

    @Test
    void aJpegThatEndsWithinALengthIsADownload() {
        for (String cut : new String[] {"ffd8ffe1", "ffd8ffe100", "ffd8ffe20000", "ffd8ffe20001"}) {
            StoredFile file = stored("cut.jpg", HEX.parseHex(cut));
            assertThat(file.type()).isEqualTo("image/jpeg");
            assertThat(file.isInline()).isFalse();
        }
    }

    @Test
    void aPictureThatEndedSeveralAttemptsLosesItsMetadataAndIsADownload() throws IOException {
        byte[] photo = withExif(jpeg(60, 40), 6, "secret place");
        StoredFile upload = ((Outcome.Done) instance.uploads.begin("general", "alice", "a.jpg", photo.length)).file();
        instance.uploads.append(upload.id(), 0, photo);
        StoredFile file = preparedAgain(upload);
        assertThat(file.isInline()).isFalse();
        assertThat(new String(instance.bytes(file), StandardCharsets.ISO_8859_1)).doesNotContain("secret place");
    }

    @Test
    void aPictureStaysOneHoweverOftenItCouldNotBeMovedAfterwards() throws IOException {
        StoredFile file = preparedAgain(stored("a.png", png(new BufferedImage(20, 10, BufferedImage.TYPE_INT_RGB))));
        assertThat(file.isInline()).isTrue();
        assertThat(file.thumbnail()).isTrue();
    }

    private StoredFile preparedAgain(StoredFile file) {
        database.run(connection -> Statements.update(connection, "update file set state = 'RECEIVED', tries = 9 where id = ?", file.id()));
        return ((Outcome.Done) instance.preparing.prepare(database.find(file.id()).orElseThrow())).file();
    }

    @Test
    void aNameThatTurnsItsEndAroundOrHasTwoExtensionsIsCleaned() {
        assertThat(stored("annual\u202egnp.exe", text("a")).name()).isEqualTo("annualgnp.exe");
        assertThat(stored("photo.jpg.exe", text("a")).name()).isEqualTo("photo_jpg.exe");
        assertThat(stored("../../etc/passwd", text("a")).name()).isEqualTo("passwd");
    }

    @Test
    void aPhotoIsTurnedUprightAndLosesPlaceAndDevice() throws IOException {
        byte[] photo = withExif(jpeg(60, 40), 6, "secret place");
        StoredFile file = stored("photo.jpg", photo);
        assertThat(file.width()).isEqualTo(40);
        assertThat(file.height()).isEqualTo(60);
        byte[] kept = instance.bytes(file);
        assertThat(new String(kept, StandardCharsets.ISO_8859_1)).doesNotContain("secret place").doesNotContain("Exif");
        BufferedImage upright = ImageIO.read(new ByteArrayInputStream(kept));
        assertThat(upright.getWidth()).isEqualTo(40);
        // The red left edge of the stored picture is the upper edge of the upright one.
        assertThat(new Color(upright.getRGB(20, 3)).getRed()).isGreaterThan(180);
        assertThat(new Color(upright.getRGB(20, 56)).getRed()).isLessThan(90);
    }

    @Test
    void anUprightPhotoLosesItsMetadataAndNoQuality() throws IOException {
        byte[] jpeg = jpeg(60, 40);
        StoredFile file = stored("photo.jpg", withExif(jpeg, 1, "secret place"));
        assertThat(instance.bytes(file)).isEqualTo(instance.bytes(stored("same.jpg", jpeg)));
        assertThat(file.width()).isEqualTo(60);
    }

    @Test
    void anOrdinaryFileIsKeptByteForByte() {
        byte[] bytes = text("just text\n");
        StoredFile file = stored("notes.txt", bytes);
        assertThat(file.type()).isEqualTo("text/plain");
        assertThat(instance.bytes(file)).isEqualTo(bytes);
        assertThat(file.sha256()).hasSize(64);
    }

    private boolean isInert(StoredFile file) {
        return !file.isInline() && file.harmlessType().equals("application/octet-stream");
    }

    private StoredFile stored(String name, byte[] bytes) {
        return instance.stored("alice", name, bytes);
    }

    private static long used() {
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] concat(byte[] one, byte[] other) {
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    private static byte[] png(BufferedImage image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }

    /** Its left half is red, the right half black. */
    private static byte[] jpeg(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width / 2, height);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", out);
        return out.toByteArray();
    }

    private static byte[] withExif(byte[] jpeg, int orientation, String maker) {
        byte[] made = text(maker);
        byte[] tiff = concat(HEX.parseHex("4d4d002a00000008" + "0001" + "0112000300000001" + "00%02x0000".formatted(orientation)
                + "00000000"), made);
        byte[] payload = concat(HEX.parseHex("457869660000"), tiff);
        byte[] segment = concat(HEX.parseHex("ffe1%04x".formatted(payload.length + 2)), payload);
        return concat(concat(Arrays.copyOf(jpeg, 2), segment), Arrays.copyOfRange(jpeg, 2, jpeg.length));
    }

    // After the header, which is the first chunk: 8 bytes of signature and 25 of IHDR.
    private static byte[] insert(byte[] png, String type, byte[] data) throws IOException {
        int first = 33;
        return concat(concat(Arrays.copyOf(png, first), chunk(type, data)), Arrays.copyOfRange(png, first, png.length));
    }

    private static byte[] chunk(String type, byte[] data) throws IOException {
        ByteArrayOutputStream chunk = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(chunk);
        out.writeInt(data.length);
        byte[] checked = concat(type.getBytes(StandardCharsets.US_ASCII), data);
        out.write(checked);
        CRC32 crc = new CRC32();
        crc.update(checked);
        out.writeInt((int) crc.getValue());
        return chunk.toByteArray();
    }

    /** One bit a pixel, all zero. */
    private static byte[] pngOf(int width, int height) throws IOException {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        try (OutputStream deflated = new DeflaterOutputStream(pixels, new Deflater(9))) {
            byte[] line = new byte[1 + width / 8];
            for (int i = 0; i < height; i++) {
                deflated.write(line);
            }
        }
        byte[] header = HEX.parseHex("%08x%08x0100000000".formatted(width, height));
        return concat(concat(HEX.parseHex("89504e470d0a1a0a"), chunk("IHDR", header)),
                concat(chunk("IDAT", pixels.toByteArray()), chunk("IEND", new byte[0])));
    }
}
