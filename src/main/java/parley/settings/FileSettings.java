package parley.settings;

import static parley.settings.Setting.bytes;
import static parley.settings.Setting.flag;
import static parley.settings.Setting.hours;
import static parley.settings.Setting.number;
import static parley.settings.Setting.parsed;
import static parley.settings.Setting.text;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How large files may be, and where their bytes are.
 *
 * @param most bytes of a file
 * @param perMessage files of a message
 * @param userBytes bytes of all files that a person uploaded
 * @param totalBytes bytes of all files
 * @param uploads that one instance receives at the same time
 * @param downloads that one instance sends at the same time
 * @param unfinished how long a file stays that no message carries
 * @param bucket where the bytes are, if they are not in the database
 * @param scanner the virus scanner that sees each file first
 */
public record FileSettings(long most, int perMessage, long userBytes, long totalBytes, int uploads, int downloads, Duration unfinished,
                           Optional<Bucket> bucket, Optional<Scanner> scanner) {

    private static final long MEBI = 1L << 20;
    private static final long GIBI = 1L << 30;
    private static final long PEBI = 1L << 50;

    /**
     * A bucket of an S3 service.
     *
     * @param endpoint empty for AWS
     * @param accessKey empty for the credentials of the environment
     * @param pathStyle whether the bucket is in the path instead of the host name
     * @param checksums whether requests carry checksums that not every service knows
     */
    public record Bucket(String name, String region, Optional<URI> endpoint, String accessKey, String secretKey, boolean pathStyle,
                         boolean checksums) {

        static Optional<Bucket> read(Reading in) {
            String name = in.read(text("parley.files.s3.bucket", "", bucket -> bucket.matches("([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?"),
                    "the name of a bucket", "With a bucket, the bytes of files are stored there instead of in the database. Files that are "
                    + "already in the database stay there. The bucket must not be public."));
            String region = in.read(text("parley.files.s3.region", "us-east-1", id -> id.matches("[a-z0-9-]+"), "the id of a region",
                    "Region of the bucket."));
            Optional<URI> endpoint = in.read(parsed("parley.files.s3.endpoint", "", Bucket::endpoint, "an http or https URL",
                    "Address of the S3 service; without one, AWS."));
            String accessKey = in.read(text("parley.files.s3.access-key", "", key -> true, "a text",
                    "Access key for the bucket. Without one, the AWS SDK takes the credentials from the environment."));
            String secretKey = in.read(text("parley.files.s3.secret-key", "", key -> true, "a text",
                    "Secret of the access key. Set it through an environment variable or a password alias."));
            boolean pathStyle = in.read(flag("parley.files.s3.path-style", false, "true", "false",
                    "`true` names the bucket in the path instead of the host, as MinIO and Ceph require."));
            boolean checksums = in.read(flag("parley.files.s3.checksums", true, "true", "false",
                    "`false` leaves out the newer kinds of checksums, which some services refuse."));
            return name.isEmpty() ? Optional.empty()
                    : Optional.of(new Bucket(name, region, endpoint, accessKey, secretKey, pathStyle, checksums));
        }

        private static Optional<Optional<URI>> endpoint(String text) {
            if (text.isEmpty()) {
                return Optional.of(Optional.empty());
            }
            try {
                URI uri = new URI(text);
                boolean isHttp = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
                return isHttp && uri.getHost() != null ? Optional.of(Optional.of(uri)) : Optional.empty();
            } catch (URISyntaxException malformed) {
                return Optional.empty();
            }
        }

        /** Not the secret. */
        @Override
        public String toString() {
            return "bucket " + name;
        }
    }

    /** The address of clamd. */
    public record Scanner(String host, int port) {

        private static final Pattern ADDRESS = Pattern.compile("([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\]):([0-9]{1,5})");
        private static final int HIGHEST_PORT = 65_535;

        static Optional<Scanner> read(Reading in) {
            return in.read(parsed("parley.files.clamd", "", Scanner::of, "a host and a port such as `clamd.example.com:3310`",
                    "ClamAV's daemon. With it, nobody gets a file before the daemon has found nothing in it. While the daemon is away, new "
                    + "files wait and can't be sent. Its `StreamMaxLength` must be at least `parley.files.bytes`."));
        }

        private static Optional<Optional<Scanner>> of(String text) {
            Matcher address = ADDRESS.matcher(text.strip());
            if (text.isBlank()) {
                return Optional.of(Optional.empty());
            }
            boolean isAddress = address.matches() && Integer.parseInt(address.group(2)) <= HIGHEST_PORT;
            return isAddress ? Optional.of(Optional.of(new Scanner(address.group(1), Integer.parseInt(address.group(2)))))
                    : Optional.empty();
        }
    }

    static FileSettings read(Reading in) {
        return new FileSettings(
                in.read(bytes("parley.files.bytes", 25 * MEBI, 1, GIBI, "Larger files are refused as `too_large`.")),
                in.read(number("parley.files.per-message", 10, 1, 10, "files", "More files in a message are refused as `bad_request`.")),
                in.read(bytes("parley.files.user-bytes", 2 * GIBI, 1, PEBI,
                        "All files of a person together. Further uploads get 413 until the person deletes some.")),
                in.read(bytes("parley.files.total-bytes", 50 * GIBI, 1, PEBI,
                        "All files of the installation together. Further uploads get 507.")),
                in.read(number("parley.files.uploads", 12, 1, 1_000, "uploads",
                        "Uploads that one instance receives at the same time, each with a thread. As many more wait; further ones get 503. "
                        + "One person has at most a quarter of this number; further ones get 429.")),
                in.read(number("parley.files.downloads", 32, 1, 1_000, "downloads",
                        "Files that one instance sends at the same time, each with a thread. As many more wait; further ones get 503. One "
                        + "person has at most a quarter of this number; further ones get 429.")),
                in.read(hours("parley.files.unfinished-hours", 24, 1, 720,
                        "An upload without progress, and a file that no message carries, is deleted after this time.")),
                Bucket.read(in), Scanner.read(in));
    }
}
