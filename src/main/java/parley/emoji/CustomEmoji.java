package parley.emoji;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import parley.audit.AuditEvent;
import parley.file.SharedFiles;
import parley.file.SmallPictures;
import parley.protocol.Problem;
import parley.protocol.TextRules;

/**
 * What administrators and people do with custom emoji. A change holds on this instance when the call returns, and on the others within
 * about a second. Each call waits for the database.
 */
@ApplicationScoped
public class CustomEmoji {

    /** The most custom emoji. */
    public static final int MOST = 500;
    /** The most bytes of an uploaded picture. */
    public static final int LARGEST = 256 * 1024;
    /** The longest side of an uploaded picture, in pixels. */
    public static final int LONGEST_SIDE = 1_024;
    /** The longest side of a stored picture, in pixels: larger ones are made smaller. */
    public static final int STORED_SIDE = 128;

    private static final int ID_BYTES = 16;

    private final SecureRandom random = new SecureRandom();

    @Inject
    private EmojiRows rows;
    @Inject
    private KnownEmoji known;
    @Inject
    private EmojiNames standard;
    @Inject
    private SmallPictures pictures;

    /** The result of adding an emoji. */
    public sealed interface Outcome {

        /** It was added. */
        record Added(Emoji emoji) implements Outcome {}

        /** It was refused. */
        record Refused(Problem problem) implements Outcome {}
    }

    /**
     * Adds an emoji. Waits for other pictures.
     *
     * @param picture PNG, GIF or WebP
     * @param by the id of the administrator
     * @param address of the request, for the audit
     */
    public Outcome add(String name, byte[] picture, String by, String address) {
        Optional<Problem> refused = refusal(name, picture.length);
        if (refused.isPresent()) {
            return new Outcome.Refused(refused.get());
        }
        Optional<SharedFiles.Thumbnail> small = pictures.icon(picture, LONGEST_SIDE, STORED_SIDE);
        if (small.isEmpty()) {
            return new Outcome.Refused(Problem.badRequest("The body must be a PNG, GIF or WebP picture of at most " + LONGEST_SIDE + " by "
                    + LONGEST_SIDE + " pixels."));
        }
        Emoji added = new Emoji(name, id(), by, Instant.ofEpochMilli(System.currentTimeMillis()));
        Optional<Problem> full = rows.add(added, small.get().bytes(), event("emoji.added", name, by, address));
        if (full.isPresent()) {
            return new Outcome.Refused(full.get());
        }
        known.catchUp();
        return new Outcome.Added(added);
    }

    private Optional<Problem> refusal(String name, int bytes) {
        if (!TextRules.isEmojiName(name)) {
            return Optional.of(Problem.badRequest("The name of an emoji has 2 to 32 of the characters a-z, 0-9, _, + and -."));
        }
        if (standard.of(name).isPresent()) {
            return Optional.of(Problem.conflict("A standard emoji has this name."));
        }
        return bytes > LARGEST ? Optional.of(Problem.tooLarge("A picture has at most " + LARGEST + " bytes.")) : Optional.empty();
    }

    /** Deletes an emoji. Returns why not. */
    public Optional<Problem> delete(String name, String by, String address) {
        if (!rows.delete(name, event("emoji.deleted", name, by, address))) {
            return Optional.of(Problem.notFound());
        }
        known.catchUp();
        return Optional.empty();
    }

    /** The bytes of a picture, as PNG. */
    public Optional<SharedFiles.Thumbnail> picture(String id) {
        return known.picture(id).map(bytes -> new SharedFiles.Thumbnail("image/png", bytes));
    }

    private String id() {
        byte[] bytes = new byte[ID_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static AuditEvent event(String action, String name, String by, String address) {
        return new AuditEvent(Instant.now(), action, by, null, null, address, name, 1);
    }
}
