package parley.imports;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import parley.server.TestServer;

/** Exports of other systems in the folder of the server. */
public final class ImportFiles {

    /** When the first message of {@link #mattermost} was posted. */
    static final long FIRST = 1_600_000_000_000L;
    private static final List<String> EMOJI = List.of("+1", "tada", "heart");

    private ImportFiles() {
    }

    /** Writes a file with this text, in which quotes are single, and returns its name. */
    static String text(String suffix, String text) {
        String name = UUID.randomUUID() + suffix;
        try {
            Files.writeString(TestServer.imports().resolve(name), text.replace('\'', '"'));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return name;
    }

    /** Writes a ZIP file with these entries, in which quotes are single, and returns its name. */
    static String zip(Map<String, String> entries) {
        String name = UUID.randomUUID() + ".zip";
        try (OutputStream file = Files.newOutputStream(TestServer.imports().resolve(name));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (Map.Entry<String, String> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue().replace('\'', '"').getBytes(StandardCharsets.UTF_8));
                zip.closeEntry();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return name;
    }

    /**
     * Writes an export of Mattermost with so many messages in channels of one team, and returns its name. A fifth are replies, and some
     * have reactions, edits and pins. The posts come in no order.
     */
    public static String mattermost(String team, int messages, int channels, int people) {
        String name = UUID.randomUUID() + ".jsonl";
        Path file = TestServer.imports().resolve(name);
        Random random = new Random(1);
        try (Writer out = Files.newBufferedWriter(file)) {
            out.write("{\"type\":\"version\",\"version\":1}\n");
            for (int i = 0; i < channels; i++) {
                out.write("{\"type\":\"channel\",\"channel\":{\"team\":\"" + team + "\",\"name\":\"c" + i + "\",\"display_name\":\"" + team
                        + " " + i + "\",\"type\":\"O\"}}\n");
            }
            for (int i = 0; i < people; i++) {
                out.write("{\"type\":\"user\",\"user\":{\"username\":\"p" + i + "\",\"teams\":[{\"name\":\"" + team
                        + "\",\"channels\":[{\"name\":\"c" + i % channels + "\",\"roles\":\"channel_user\"}]}]}}\n");
            }
            int written = 0;
            while (written < messages) {
                int replies = random.nextInt(10) == 0 ? Math.min(2 + random.nextInt(2), messages - written - 1) : 0;
                out.write(post(team, random.nextInt(channels), people, written, messages, replies, random));
                written += 1 + replies;
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return name;
    }

    // Their times are different, and later ones may stand before earlier ones.
    private static String post(String team, int channel, int people, int number, int messages, int replies, Random random) {
        long at = FIRST + 1_000L * ((number * 7_919L) % messages);
        StringBuilder line = new StringBuilder(500).append("{\"type\":\"post\",\"post\":{\"team\":\"").append(team)
                .append("\",\"channel\":\"c").append(channel).append("\",").append(said(people, number, at, random));
        if (replies > 0) {
            line.append(",\"replies\":[");
            for (int i = 1; i <= replies; i++) {
                line.append(i > 1 ? "," : "").append('{').append(said(people, number + i, at + 400L * i, random)).append('}');
            }
            line.append(']');
        }
        return line.append("}}\n").toString();
    }

    private static String said(int people, int number, long at, Random random) {
        StringBuilder said = new StringBuilder("\"user\":\"p" + random.nextInt(people) + "\",\"create_at\":" + at
                + ",\"message\":\"Message " + number + " about the delivery of the order, which left the harbour in the morning "
                + "and should be there before the end of the week.\"");
        if (random.nextInt(20) == 0) {
            said.append(",\"reactions\":[{\"user\":\"p").append(random.nextInt(people)).append("\",\"create_at\":").append(at + 1)
                    .append(",\"emoji_name\":\"").append(EMOJI.get(random.nextInt(EMOJI.size()))).append("\"}]");
        }
        if (random.nextInt(50) == 0) {
            said.append(",\"edit_at\":").append(at + 60_000);
        }
        return said.toString();
    }

    /** Writes a file that maps the people of {@link #mattermost} to users of these names, and returns its name. */
    public static String people(int people, String prefix) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < people; i++) {
            lines.append('p').append(i).append(',').append(prefix).append(i).append('\n');
        }
        return text(".csv", lines.toString());
    }
}
