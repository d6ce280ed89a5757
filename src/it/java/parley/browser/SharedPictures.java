package parley.browser;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ScreenshotAnimations;
import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** Pictures of a page with real files in it, in {@code target/screenshots}: a desktop in light and dark, narrow, and from right to left. */
final class SharedPictures {

    private static final Path FOLDER = Path.of(System.getProperty("basedir", ""), "target/screenshots");
    private static final int WIDTH = 1200;
    private static final int HEIGHT = 800;
    private static final int NARROW = 390;

    private final Page page;

    SharedPictures(Page page) {
        this.page = page;
    }

    /** A picture file with a gradient. */
    static FilePayload picture(String name, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setPaint(new GradientPaint(0, 0, new Color(0x0b6e66), width, height, new Color(0xf5cf84)));
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "png", out);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new FilePayload(name, "image/png", out.toByteArray());
    }

    /** Takes pictures of this state, and checks it with axe. */
    void take(String state) {
        shoot(state + "-desktop");
        Accessibility.ALL.check(page, state);
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
        shoot(state + "-dark");
        Accessibility.COLORS.check(page, state + " in the dark");
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(NARROW, HEIGHT);
        shoot(state + "-phone");
        page.evaluate("document.documentElement.dir = 'rtl'");
        shoot(state + "-rtl");
        page.evaluate("document.documentElement.dir = 'ltr'");
        page.setViewportSize(WIDTH, HEIGHT);
    }

    private void shoot(String name) {
        page.screenshot(new Page.ScreenshotOptions().setAnimations(ScreenshotAnimations.DISABLED).setPath(FOLDER.resolve(name + ".png")));
    }
}
