package parley.file;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;

/**
 * Copies what a picture needs to be shown and leaves out the rest: location, device, author, comments, and what follows its end. Pixels are
 * neither decoded nor changed. Empty if the bytes are not a whole picture of the format.
 */
final class WithoutMetadata {

    /** ITU T.81 (JPEG), table B.1. */
    private static final int SOI = 0xd8;
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP2 = 0xe2;
    private static final int APP14 = 0xee;
    private static final int APP15 = 0xef;
    private static final int COMMENT = 0xfe;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};
    private static final Set<String> PNG_CHUNKS = Set.of("IHDR", "PLTE", "IDAT", "IEND", "tRNS", "gAMA", "cHRM", "sRGB", "iCCP", "bKGD",
            "pHYs", "sBIT", "acTL", "fcTL", "fdAT");
    private static final Set<String> WEBP_CHUNKS = Set.of("VP8 ", "VP8L", "VP8X", "ALPH", "ANIM", "ANMF", "ICCP");
    private static final int WEBP_EXIF_AND_XMP = 0x0c;

    private WithoutMetadata() {
    }

    /** @param type of a picture: {@link MediaTypes#isPicture} */
    static Optional<byte[]> of(String type, byte[] picture) {
        try {
            ByteBuffer in = ByteBuffer.wrap(picture);
            ByteArrayOutputStream out = new ByteArrayOutputStream(picture.length);
            boolean whole = switch (type) {
                case "image/jpeg" -> jpeg(in, out);
                case "image/png" -> png(in, out);
                case "image/gif" -> gif(in, out);
                // It changes flags in place.
                case "image/webp" -> webp(ByteBuffer.wrap(picture.clone()).order(ByteOrder.LITTLE_ENDIAN), out);
                default -> false;
            };
            return whole ? Optional.of(out.toByteArray()) : Optional.empty();
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException cut) {
            return Optional.empty();
        }
    }

    private static boolean jpeg(ByteBuffer in, ByteArrayOutputStream out) {
        if (marker(in) != SOI) {
            return false;
        }
        segment(out, SOI);
        while (true) {
            int marker = marker(in);
            if (marker == EOI) {
                segment(out, EOI);
                return true;
            }
            int length = in.getShort(in.position()) & 0xffff;
            byte[] payload = bytes(in, length);
            if (isKept(marker, payload)) {
                segment(out, marker);
                out.writeBytes(payload);
            }
            if (marker == SOS) {
                entropyCoded(in, out);
            }
        }
    }

    // Markers may have any number of fill bytes before them.
    private static int marker(ByteBuffer in) {
        if ((in.get() & 0xff) != 0xff) {
            throw new IllegalArgumentException("no marker");
        }
        int marker = in.get() & 0xff;
        while (marker == 0xff) {
            marker = in.get() & 0xff;
        }
        return marker;
    }

    private static void segment(ByteArrayOutputStream out, int marker) {
        out.write(0xff);
        out.write(marker);
    }

    private static boolean isKept(int marker, byte[] payload) {
        return switch (marker) {
            case APP0, APP14 -> true;
            case APP2 -> new String(payload, 2, payload.length - 2, StandardCharsets.ISO_8859_1).startsWith("ICC_PROFILE");
            case COMMENT -> false;
            default -> marker < APP0 || marker > APP15;
        };
    }

    private static void entropyCoded(ByteBuffer in, ByteArrayOutputStream out) {
        byte[] all = in.array();
        int at = in.position();
        while (at < all.length - 1 && !(all[at] == (byte) 0xff && isMarker(all[at + 1] & 0xff))) {
            at++;
        }
        if (at >= all.length - 1) {
            throw new BufferUnderflowException();
        }
        out.write(all, in.position(), at - in.position());
        in.position(at);
    }

    // A stuffed zero and restart markers belong to the data.
    private static boolean isMarker(int next) {
        return next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7);
    }

    private static boolean png(ByteBuffer in, ByteArrayOutputStream out) {
        byte[] signature = bytes(in, PNG.length);
        if (!Arrays.equals(signature, PNG)) {
            return false;
        }
        out.writeBytes(PNG);
        while (true) {
            int start = in.position();
            int length = in.getInt();
            String type = text(in);
            skip(in, length);
            skip(in, Integer.BYTES);
            if (PNG_CHUNKS.contains(type)) {
                out.write(in.array(), start, in.position() - start);
            }
            if (type.equals("IEND")) {
                return true;
            }
        }
    }

    private static boolean gif(ByteBuffer in, ByteArrayOutputStream out) {
        byte[] head = bytes(in, 13);
        if (!new String(head, 0, 4, StandardCharsets.ISO_8859_1).equals("GIF8")) {
            return false;
        }
        out.writeBytes(head);
        out.writeBytes(bytes(in, colors(head[10])));
        while (true) {
            int start = in.position();
            int kind = in.get() & 0xff;
            if (kind == 0x3b) {
                out.write(kind);
                return true;
            }
            boolean kept = true;
            if (kind == 0x2c) {
                byte[] descriptor = bytes(in, 9);
                skip(in, colors(descriptor[8]) + 1);
            } else if (kind == 0x21) {
                int label = in.get() & 0xff;
                kept = label == 0xf9 || label == 0xff && isLoop(in);
            } else {
                return false;
            }
            subBlocks(in);
            if (kept) {
                out.write(in.array(), start, in.position() - start);
            }
        }
    }

    private static int colors(byte flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static boolean isLoop(ByteBuffer in) {
        String application = new String(in.array(), in.position(), Math.min(12, in.remaining()), StandardCharsets.ISO_8859_1);
        return application.contains("NETSCAPE2.0") || application.contains("ANIMEXTS1.0");
    }

    private static void subBlocks(ByteBuffer in) {
        int length = in.get() & 0xff;
        while (length > 0) {
            skip(in, length);
            length = in.get() & 0xff;
        }
    }

    private static boolean webp(ByteBuffer in, ByteArrayOutputStream out) {
        if (!text(in).equals("RIFF")) {
            return false;
        }
        long declared = in.getInt() & 0xffffffffL;
        int end = (int) Math.min(in.limit(), in.position() + declared);
        if (!text(in).equals("WEBP")) {
            return false;
        }
        ByteArrayOutputStream chunks = new ByteArrayOutputStream(in.remaining());
        while (end - in.position() >= 2 * Integer.BYTES) {
            int start = in.position();
            String type = text(in);
            int length = in.getInt();
            int flags = in.position();
            skip(in, length);
            if ((length & 1) == 1 && in.hasRemaining()) {
                skip(in, 1);
            }
            if (type.equals("VP8X") && length > 0) {
                in.array()[flags] &= (byte) ~WEBP_EXIF_AND_XMP;
            }
            if (WEBP_CHUNKS.contains(type)) {
                chunks.write(in.array(), start, in.position() - start);
            }
        }
        byte[] kept = chunks.toByteArray();
        out.writeBytes(ByteBuffer.allocate(12).order(ByteOrder.LITTLE_ENDIAN).put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
                .putInt(kept.length + 4).put("WEBP".getBytes(StandardCharsets.ISO_8859_1)).array());
        out.writeBytes(kept);
        return kept.length > 0;
    }

    /**
     * How a JPEG must be turned to be upright: 1 to 8, as Exif's tag Orientation says; 1 without the tag.
     */
    static int orientation(byte[] jpeg) {
        try {
            ByteBuffer in = ByteBuffer.wrap(jpeg);
            if (marker(in) != SOI) {
                return 1;
            }
            int marker = marker(in);
            while (marker != SOS && marker != EOI) {
                int length = in.getShort(in.position()) & 0xffff;
                if (marker == APP1) {
                    int found = exifOrientation(ByteBuffer.wrap(bytes(in, length)));
                    if (found > 0) {
                        return found;
                    }
                } else {
                    skip(in, length);
                }
                marker = marker(in);
            }
        } catch (BufferUnderflowException | IllegalArgumentException | IndexOutOfBoundsException broken) {
            return 1;
        }
        return 1;
    }

    // Exif 2.32, section 4.5: a TIFF header, then the first directory of 12-byte entries.
    private static int exifOrientation(ByteBuffer segment) {
        segment.getShort();
        if (!text(segment).equals("Exif")) {
            return 0;
        }
        segment.getShort();
        ByteBuffer tiff = segment.slice();
        tiff.order(tiff.getShort() == 0x4949 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        tiff.position(tiff.getInt(4));
        int entries = tiff.getShort() & 0xffff;
        for (int i = 0; i < entries; i++) {
            byte[] entry = bytes(tiff, 12);
            ByteBuffer fields = ByteBuffer.wrap(entry).order(tiff.order());
            int value = fields.getShort(8) & 0xffff;
            if (fields.getShort(0) == 0x0112 && value >= 1 && value <= 8) {
                return value;
            }
        }
        return 0;
    }

    private static String text(ByteBuffer in) {
        return new String(bytes(in, 4), StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(ByteBuffer in, int count) {
        if (count < 0 || count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[count];
        in.get(bytes);
        return bytes;
    }

    private static void skip(ByteBuffer in, int count) {
        if (count < 0 || count > in.remaining()) {
            throw new BufferUnderflowException();
        }
        in.position(in.position() + count);
    }
}
