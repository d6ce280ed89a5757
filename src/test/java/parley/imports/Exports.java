package parley.imports;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes exports as the other systems do, and reads them. */
final class Exports {

    private Exports() {
    }

    /** What an export has. */
    record Read(Map<String, String> people, List<Export.Conversation> conversations, Map<String, List<Export.Post>> posts) {

        List<Export.Post> of(String conversation) {
            return posts.get(conversation);
        }
    }

    /** A file with these lines; quotes are single. */
    static Path lines(Path folder, String... lines) {
        try {
            return Files.writeString(folder.resolve("export.jsonl"), json(String.join("\n", lines) + "\n"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** JSON with double quotes in place of single ones. */
    static String json(String text) {
        return text.replace('\'', '"');
    }

    /** A ZIP file with these entries. */
    static Path zip(Path folder, Map<String, byte[]> entries) {
        Path file = folder.resolve("export.zip");
        try (OutputStream out = Files.newOutputStream(file); ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
                zip.closeEntry();
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return file;
    }

    static byte[] bytes(String json) {
        return json(json).getBytes(StandardCharsets.UTF_8);
    }

    /** Reads all of a Mattermost export. */
    static Read mattermost(Path file, Report report) throws IOException, Export.Unusable {
        try (Export export = MattermostExport.open(file, report, () -> { })) {
            return read(export);
        }
    }

    /** Reads all of a Slack export. */
    static Read slack(Path file, Report report) throws IOException, Export.Unusable {
        try (Export export = SlackExport.open(file, report, () -> { })) {
            return read(export);
        }
    }

    private static Read read(Export export) throws IOException {
        Map<String, List<Export.Post>> posts = new HashMap<>();
        for (Export.Conversation conversation : export.conversations()) {
            List<Export.Post> all = new ArrayList<>();
            export.read(conversation, all::add);
            posts.put(conversation.id(), all);
        }
        return new Read(Map.copyOf(export.people()), List.copyOf(export.conversations()), posts);
    }

    /** The refusal of an export that can't be used. */
    static Optional<String> refusal(Opening opening) throws IOException {
        try {
            opening.open();
            return Optional.empty();
        } catch (Export.Unusable unusable) {
            return Optional.of(unusable.getMessage());
        }
    }

    /** Opens an export. */
    interface Opening {
        void open() throws IOException, Export.Unusable;
    }
}
