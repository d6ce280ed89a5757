package parley.file;

import com.twelvemonkeys.imageio.plugins.jpeg.JPEGImageReaderSpi;
import com.twelvemonkeys.imageio.plugins.webp.WebPImageReaderSpi;
import jakarta.enterprise.context.ApplicationScoped;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.event.IIOReadProgressListener;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ServiceRegistry;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import net.coobird.thumbnailator.Thumbnails;

/**
 * Turns pictures upright, removes their metadata, and makes thumbnails. Reads width and height from the header first, and decodes at most
 * {@link #MOST_PIXELS} pixels, one picture at a time, for {@link #LONGEST}. Safe for every thread.
 */
@ApplicationScoped
class Pictures {

    /** The most pixels of a picture that is shown. Larger ones can be saved only. */
    static final long MOST_PIXELS = 40_000_000;
    /** The most bytes of a picture that is shown. */
    static final long MOST_BYTES = 64L * 1024 * 1024;
    /** The longer side of a thumbnail. */
    static final int THUMBNAIL = 640;

    private static final Logger LOG = Logger.getLogger(Pictures.class.getName());
    /** A picture of more pixels that must be turned is stored at half its width and height, because both copies are in memory. */
    private static final long MOST_TURNED = 24_000_000;
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final long LONGEST_WAIT_SECONDS = 60;
    private static final float QUALITY = 0.92f;
    private static final float THUMBNAIL_QUALITY = 0.8f;
    private static final String JPEG = "image/jpeg";
    private static final String PNG = "image/png";

    private final Semaphore oneAtATime = new Semaphore(1, true);

    /**
     * A picture that can be shown.
     *
     * @param bytes without metadata
     * @param thumbnail null if none could be made
     */
    record Prepared(byte[] bytes, int width, int height, Thumbnail thumbnail) {}

    /** A small picture. */
    record Thumbnail(String type, byte[] bytes) {}

    /**
     * What became of a picture.
     *
     * @param bytes to store
     * @param shown empty if the picture can be saved only: it is broken or too large
     */
    record Outcome(byte[] bytes, Optional<Prepared> shown) {}

    /** Prepares a picture of this type. Waits for the picture before it. */
    Outcome prepare(String type, byte[] picture) {
        return alone(() -> WithoutMetadata.of(type, picture).map(clean -> decoded(type, picture, clean))
                .orElseGet(() -> new Outcome(picture, Optional.empty())));
    }

    /**
     * The pixels of a picture of this type as PNG, with at most {@code stored} pixels on each side; empty if it is broken, or has more than
     * {@code most} pixels on a side. Waits for the picture before it.
     */
    Optional<Thumbnail> icon(String type, byte[] picture, int most, int stored) {
        return alone(() -> outsideTheRegistry(() -> {
            Optional<Reading> found = Reading.of(type, picture);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            try (Reading reading = found.get()) {
                return reading.width > most || reading.height > most ? Optional.empty()
                        : Optional.of(png(reading.decode(1), stored));
            }
        }, Optional.empty()));
    }

    private static Thumbnail png(BufferedImage image, int side) throws IOException {
        double scale = Math.min(1, (double) side / Math.max(image.getWidth(), image.getHeight()));
        BufferedImage small = Thumbnails.of(image).scale(scale).imageType(BufferedImage.TYPE_INT_ARGB).asBufferedImage();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(small, "png", out);
        return new Thumbnail(PNG, out.toByteArray());
    }

    private <T> T alone(Supplier<T> work) {
        // Before the copies are made: those that wait hold one each.
        try {
            if (!oneAtATime.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw new IllegalStateException("Other pictures took too long");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("The instance stops", stopping);
        }
        try {
            return work.get();
        } finally {
            oneAtATime.release();
        }
    }

    /** A picture that can be saved only, without its metadata. */
    static Outcome undecoded(String type, byte[] picture) {
        return new Outcome(WithoutMetadata.of(type, picture).orElse(picture), Optional.empty());
    }

    private static Outcome decoded(String type, byte[] picture, byte[] clean) {
        return outsideTheRegistry(() -> {
            int orientation = type.equals(JPEG) ? WithoutMetadata.orientation(picture) : 1;
            Optional<Prepared> prepared = orientation == 1 ? asItIs(type, clean) : turned(clean, orientation);
            return new Outcome(prepared.map(Prepared::bytes).orElse(clean), prepared);
        }, new Outcome(clean, Optional.empty()));
    }

    /** Work on a picture that may be broken. */
    private interface Work<T> {
        T run() throws IOException;
    }

    // ImageIO would register what it finds in this application in a registry of the whole server, which outlives the application.
    private static <T> T outsideTheRegistry(Work<T> work, T broken) {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
        ImageIO.setUseCache(false);
        try {
            return work.run();
        } catch (IOException | RuntimeException | StackOverflowError failed) {
            LOG.log(Level.FINE, "A picture can''t be read: {0}", failed.toString());
            return broken;
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static Optional<Prepared> asItIs(String type, byte[] clean) throws IOException {
        Optional<Reading> found = Reading.of(type, clean);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Reading reading = found.get()) {
            int step = Math.max(1, Math.max(reading.width, reading.height) / (2 * THUMBNAIL));
            BufferedImage image = reading.decode(step);
            return Optional.of(new Prepared(clean, reading.width, reading.height, thumbnail(image)));
        }
    }

    private static Optional<Prepared> turned(byte[] clean, int orientation) throws IOException {
        Optional<Reading> found = Reading.of(JPEG, clean);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        try (Reading reading = found.get()) {
            BufferedImage image = reading.decode((long) reading.width * reading.height > MOST_TURNED ? 2 : 1);
            BufferedImage upright = turn(image, orientation);
            return Optional.of(new Prepared(jpeg(upright, QUALITY), upright.getWidth(), upright.getHeight(), thumbnail(upright)));
        }
    }

    /** @param orientation 2 to 8, as Exif defines it: 5 to 8 exchange width and height */
    private static BufferedImage turn(BufferedImage image, int orientation) {
        int width = image.getWidth();
        int height = image.getHeight();
        boolean exchanged = orientation > 4;
        BufferedImage upright = new BufferedImage(exchanged ? height : width, exchanged ? width : height, BufferedImage.TYPE_3BYTE_BGR);
        AffineTransform turning = switch (orientation) {
            case 2 -> new AffineTransform(-1, 0, 0, 1, width, 0);
            case 3 -> new AffineTransform(-1, 0, 0, -1, width, height);
            case 4 -> new AffineTransform(1, 0, 0, -1, 0, height);
            case 5 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 6 -> new AffineTransform(0, 1, -1, 0, height, 0);
            case 7 -> new AffineTransform(0, -1, -1, 0, height, width);
            default -> new AffineTransform(0, -1, 1, 0, 0, width);
        };
        Graphics2D graphics = upright.createGraphics();
        graphics.drawImage(image, turning, null);
        graphics.dispose();
        return upright;
    }

    private static Thumbnail thumbnail(BufferedImage image) throws IOException {
        BufferedImage small = Math.max(image.getWidth(), image.getHeight()) <= THUMBNAIL ? image
                : Thumbnails.of(image).size(THUMBNAIL, THUMBNAIL).asBufferedImage();
        if (small.getColorModel().hasAlpha()) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            ImageIO.write(small, "png", out);
            return new Thumbnail(PNG, out.toByteArray());
        }
        return new Thumbnail(JPEG, jpeg(small, THUMBNAIL_QUALITY));
    }

    private static byte[] jpeg(BufferedImage image, float quality) throws IOException {
        BufferedImage opaque = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = opaque.createGraphics();
        graphics.drawImage(image, 0, 0, Color.WHITE, null);
        graphics.dispose();
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(out)) {
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(quality);
            writer.setOutput(stream);
            writer.write(null, new IIOImage(opaque, null, null), parameters);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    // Reads more than the JDK's reader, such as CMYK, and needs that one. Both meet in a registry of their own.
    private static ImageReader jpegReader() throws IOException {
        ServiceRegistry registry = new ServiceRegistry(Stream.<Class<?>>of(ImageReaderSpi.class).iterator());
        ImageIO.getImageReadersByFormatName("jpeg").forEachRemaining(found -> {
            boolean isOfTheJdk = found.getOriginatingProvider().getClass().getClassLoader() == null;
            if (isOfTheJdk) {
                registry.registerServiceProvider(found.getOriginatingProvider(), ImageReaderSpi.class);
            }
        });
        JPEGImageReaderSpi reader = new JPEGImageReaderSpi();
        registry.registerServiceProvider(reader, ImageReaderSpi.class);
        return reader.createReaderInstance(null);
    }

    /** A picture whose header was read and whose pixels are few enough. */
    private static final class Reading implements AutoCloseable {
        private final ImageReader reader;
        private final ImageInputStream in;
        private final int width;
        private final int height;

        private Reading(ImageReader reader, ImageInputStream in) throws IOException {
            this.reader = reader;
            this.in = in;
            this.width = reader.getWidth(0);
            this.height = reader.getHeight(0);
        }

        static Optional<Reading> of(String type, byte[] picture) throws IOException {
            ImageReader reader = switch (type) {
                case JPEG -> jpegReader();
                case "image/webp" -> new WebPImageReaderSpi().createReaderInstance(null);
                default -> ImageIO.getImageReadersByMIMEType(type).next();
            };
            ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(picture));
            reader.setInput(in, true, true);
            try {
                Reading reading = new Reading(reader, in);
                if (reading.width > 0 && reading.height > 0 && (long) reading.width * reading.height <= MOST_PIXELS) {
                    return Optional.of(reading);
                }
                reading.close();
                return Optional.empty();
            } catch (IOException | RuntimeException broken) {
                reader.dispose();
                throw broken;
            }
        }

        /** Every n-th pixel of every n-th line. */
        BufferedImage decode(int step) throws IOException {
            ImageReadParam parameters = reader.getDefaultReadParam();
            parameters.setSourceSubsampling(step, step, 0, 0);
            Deadline deadline = new Deadline(System.nanoTime() + LONGEST.toNanos());
            reader.addIIOReadProgressListener(deadline);
            BufferedImage image = reader.read(0, parameters);
            if (deadline.passed) {
                throw new IOException("It takes too long");
            }
            return image;
        }

        @Override
        public void close() throws IOException {
            reader.dispose();
            in.close();
        }
    }

    /** Ends the decoding of a picture that takes too long, such as one of thousands of scans. */
    private static final class Deadline implements IIOReadProgressListener {
        private final long at;
        private boolean passed;

        Deadline(long at) {
            this.at = at;
        }

        @Override
        public void imageProgress(ImageReader source, float percentageDone) {
            if (System.nanoTime() - at > 0) {
                passed = true;
                source.abort();
            }
        }

        @Override
        public void sequenceStarted(ImageReader source, int minIndex) {
        }

        @Override
        public void sequenceComplete(ImageReader source) {
        }

        @Override
        public void imageStarted(ImageReader source, int imageIndex) {
        }

        @Override
        public void imageComplete(ImageReader source) {
        }

        @Override
        public void thumbnailStarted(ImageReader source, int imageIndex, int thumbnailIndex) {
        }

        @Override
        public void thumbnailProgress(ImageReader source, float percentageDone) {
        }

        @Override
        public void thumbnailComplete(ImageReader source) {
        }

        @Override
        public void readAborted(ImageReader source) {
        }
    }
}
