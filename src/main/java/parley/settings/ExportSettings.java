package parley.settings;

import static parley.settings.Setting.days;
import static parley.settings.Setting.flag;
import static parley.settings.Setting.number;

import java.time.Duration;

/**
 * What exports may take, and how long they are kept.
 *
 * @param mebibytes the most that the files of all exports take in the database
 * @param kept how long an export can be downloaded
 * @param own whether people may export their own data
 */
public record ExportSettings(int mebibytes, Duration kept, boolean own) {

    static ExportSettings read(Reading in) {
        return new ExportSettings(
                in.read(number("parley.exports.mebibytes", 10_240, 1, 10_000_000, "MiB",
                        "The most that the files of all [exports](export.md) take in the database, compressed. An export that would take "
                        + "more fails.")),
                in.read(days("parley.exports.days", 7, 1, 3_650,
                        "An export is deleted this long after it was complete.")),
                in.read(flag("parley.exports.own", true, "on", "off",
                        "Whether people may export their own data, once a day.")));
    }

    /** The most bytes of all exports. */
    public long bytes() {
        return mebibytes * 1_048_576L;
    }
}
