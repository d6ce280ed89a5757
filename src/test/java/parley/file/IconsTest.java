package parley.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

/** What becomes of the picture of a custom emoji: only pixels, and few of them. */
class IconsTest {

    private static final int MOST = 64;
    private static final int STORED = 16;

    private final Pictures pictures = new Pictures();

    private Optional<Pictures.Thumbnail> icon(String type, byte[] bytes) {
        return pictures.icon(type, bytes, MOST, STORED);
    }

    @Test
    void aPictureThatIsBrokenOrTooLargeIsRefused() throws IOException {
        byte[] png = picture("png", 8, 8);
        assertThat(icon("image/png", Arrays.copyOf(png, png.length / 2))).isEmpty();
        assertThat(icon("image/png", "no picture".getBytes(StandardCharsets.UTF_8))).isEmpty();
        assertThat(icon("image/png", picture("png", MOST + 1, 1))).isEmpty();
        assertThat(icon("image/png", picture("png", 1, MOST + 1))).isEmpty();
    }

    @Test
    void aLargerPictureIsMadeSmallerAndASmallOneStays() throws IOException {
        BufferedImage wide = decoded(icon("image/png", picture("png", MOST, MOST / 2)));
        assertThat(wide.getWidth()).isEqualTo(STORED);
        assertThat(wide.getHeight()).isEqualTo(STORED / 2);
        assertThat(new Color(wide.getRGB(2, 2))).isEqualTo(Color.RED);
        assertThat(decoded(icon("image/gif", picture("gif", 8, 8))).getWidth()).isEqualTo(8);
    }

    @Test
    void whatFollowsThePixelsIsGone() throws IOException {
        byte[] png = picture("png", 8, 8);
        byte[] more = Arrays.copyOf(png, png.length + 6);
        System.arraycopy("script".getBytes(StandardCharsets.UTF_8), 0, more, png.length, 6);
        assertThat(new String(icon("image/png", more).orElseThrow().bytes(), StandardCharsets.ISO_8859_1)).doesNotContain("script");
    }

    private static BufferedImage decoded(Optional<Pictures.Thumbnail> icon) throws IOException {
        assertThat(icon.orElseThrow().type()).isEqualTo("image/png");
        return ImageIO.read(new ByteArrayInputStream(icon.get().bytes()));
    }

    private static byte[] picture(String format, int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(Color.RED);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(ImageIO.write(image, format, out)).isTrue();
        return out.toByteArray();
    }
}
