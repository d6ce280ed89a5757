package parley.settings;

import static parley.settings.Setting.days;
import static parley.settings.Setting.number;

import java.time.Duration;

/**
 * The bounds of documents.
 *
 * @param perRoom the most documents of a room
 * @param bytes the most bytes of the stored updates of a document
 * @param snapshotBytes the most bytes of a snapshot
 * @param open the most documents that a connection has open
 * @param kept how long the updates that a snapshot covers are kept
 */
public record DocumentSettings(int perRoom, int bytes, int snapshotBytes, int open, Duration kept) {

    static DocumentSettings read(Reading in) {
        return new DocumentSettings(
                in.read(number("parley.documents.per-room", 200, 1, 1_000, "documents",
                        "The most documents of a room. Creating a further one is refused as `conflict`.")),
                in.read(number("parley.documents.bytes", 32 << 20, 1 << 20, 1 << 30, "bytes",
                        "The most bytes of the stored updates of a document. Further updates are refused as `too_large` until the "
                        + "sweep removes updates that a snapshot covers.")),
                in.read(number("parley.documents.snapshot-bytes", 4 << 20, 512 << 10, 64 << 20, "bytes",
                        "The most bytes of a snapshot of a document; a larger one is refused as `too_large`, and the document opens "
                        + "from an older snapshot. A document keeps at most four. An upload holds its bytes in memory.")),
                in.read(number("parley.documents.open", 16, 1, 1_000, "documents",
                        "The most documents that a connection has open. Opening a further one is refused as `too_large`.")),
                in.read(days("parley.documents.keep-days", 30, 1, 36_500,
                        "Updates that a snapshot covers are deleted when the snapshot is older than this. Until then, clients can "
                        + "open the document without the snapshot, in case a broken client made it.")));
    }
}
