package parley.file;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/** Makes small pictures of bytes from other sites. Keeps only the pixels. Safe for every thread. */
@ApplicationScoped
public class SmallPictures {

    private static final Set<String> ICONS = Set.of("image/png", "image/gif", "image/webp");

    private final MediaTypes types = new MediaTypes();

    @Inject
    private Pictures pictures;

    /**
     * A picture as PNG, with at most {@code stored} pixels on each side; empty if the bytes are no PNG, GIF or WebP picture with at most
     * {@code most} pixels on each side. Of an animation, the first picture. Waits for other pictures.
     *
     * @throws IllegalStateException if those take too long
     */
    public Optional<SharedFiles.Thumbnail> icon(byte[] bytes, int most, int stored) {
        return Optional.of(type(bytes)).filter(ICONS::contains).flatMap(type -> pictures.icon(type, bytes, most, stored))
                .map(small -> new SharedFiles.Thumbnail(small.type(), small.bytes()));
    }

    /**
     * A small picture; empty if the bytes are no picture that can be shown. Waits for other pictures.
     *
     * @throws IllegalStateException if those take too long
     */
    public Optional<SharedFiles.Thumbnail> of(byte[] bytes) {
        return Optional.of(type(bytes)).filter(MediaTypes::isPicture).flatMap(picture -> pictures.prepare(picture, bytes).shown())
                .flatMap(shown -> Optional.ofNullable(shown.thumbnail()))
                .map(small -> new SharedFiles.Thumbnail(small.type(), small.bytes()));
    }

    private String type(byte[] bytes) {
        return types.of(Arrays.copyOf(bytes, Math.min(bytes.length, MediaTypes.HEAD)), "");
    }
}
