package parley.file;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.Optional;

/** Makes small pictures of bytes from other sites. Keeps only the pixels. Safe for every thread. */
@ApplicationScoped
public class SmallPictures {

    private final MediaTypes types = new MediaTypes();

    @Inject
    private Pictures pictures;

    /**
     * A small picture; empty if the bytes are no picture that can be shown. Waits for other pictures.
     *
     * @throws IllegalStateException if those take too long
     */
    public Optional<SharedFiles.Thumbnail> of(byte[] bytes) {
        String type = types.of(Arrays.copyOf(bytes, Math.min(bytes.length, MediaTypes.HEAD)), "");
        return Optional.of(type).filter(MediaTypes::isPicture).flatMap(picture -> pictures.prepare(picture, bytes).shown())
                .flatMap(shown -> Optional.ofNullable(shown.thumbnail()))
                .map(small -> new SharedFiles.Thumbnail(small.type(), small.bytes()));
    }
}
