package parley.imports;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * A bulk export of Mattermost: a file with one JSON object a line, or a ZIP file that has one at its top and the attachments in {@code
 * data}. Its posts come in any order, and each has its replies in its line, so the first reading makes an index and the second one goes by
 * it.
 */
final class MattermostExport implements Export {

    private static final int MOST_CONVERSATIONS = 200_000;
    private static final int MOST_PEOPLE = 500_000;
    /** JSON becomes a tenth of its size in a ZIP file. What becomes much less is made to fill the disk. */
    private static final int LARGEST_RATIO = 200;
    private static final long SPARE_BYTES = 1L << 30;
    private static final int BUFFER = 1 << 16;
    /** Posts with replies are read once for each reply. These are kept, if they are short. */
    private static final int KEPT_LINES = 64;
    private static final int LONGEST_KEPT = 1 << 17;
    private static final Pattern MENTION = Pattern.compile("@([a-z0-9][a-z0-9._-]*)");
    private static final String DATA = "data/";

    private final Lines lines;
    private final Optional<Zip> zip;
    private final Optional<Path> unpacked;
    private final Report report;
    private final Steps steps;
    private final PostIndex index = new PostIndex();
    private final Map<String, String> people = new HashMap<>();
    private final Map<String, Conversation> found = new LinkedHashMap<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final Map<Long, JsonNode> kept = new LinkedHashMap<>(KEPT_LINES, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, JsonNode> eldest) {
            return size() > KEPT_LINES;
        }
    };
    private List<Conversation> conversations = List.of();
    private boolean isFull;
    private int[][] sorted = new int[0][];

    private MattermostExport(Path jsonLines, Optional<Zip> zip, Optional<Path> unpacked, Report report, Steps steps) throws IOException {
        this.lines = new Lines(jsonLines);
        this.zip = zip;
        this.unpacked = unpacked;
        this.report = report;
        this.steps = steps;
    }

    /** Opens an export and reads it once. */
    @SuppressWarnings("MustBeClosedChecker")
    static MattermostExport open(Path file, Report report, Steps steps) throws IOException, Unusable {
        MattermostExport export;
        if (isZip(file)) {
            Zip zip = Zip.open(file, report);
            Path unpacked = Files.createTempFile("parley-import", ".jsonl");
            try {
                unpack(zip, unpacked, steps);
                export = new MattermostExport(unpacked, Optional.of(zip), Optional.of(unpacked), report, steps);
            } catch (IOException | Unusable | RuntimeException failed) {
                zip.close();
                Files.deleteIfExists(unpacked);
                throw failed;
            }
        } else {
            export = new MattermostExport(file, Optional.empty(), Optional.empty(), report, steps);
        }
        try {
            export.scan();
            return export;
        } catch (IOException | Unusable | RuntimeException failed) {
            export.close();
            throw failed;
        }
    }

    private static boolean isZip(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] head = in.readNBytes(2);
            return head.length == 2 && head[0] == 'P' && head[1] == 'K';
        }
    }

    private static void unpack(Zip zip, Path to, Steps steps) throws IOException, Unusable {
        List<String> wanted = new ArrayList<>();
        for (String name : zip.names()) {
            if (name.endsWith(".jsonl") && name.indexOf('/') < 0) {
                wanted.add(name);
            }
        }
        if (wanted.size() != 1) {
            throw new Unusable("The ZIP file must have one file *.jsonl at its top.");
        }
        long most = Math.min(Files.getFileStore(to).getUsableSpace() - SPARE_BYTES,
                zip.compressed(wanted.getFirst()) * LARGEST_RATIO + Lines.LONGEST);
        long count = 0;
        byte[] buffer = new byte[BUFFER];
        try (InputStream in = zip.open(wanted.getFirst()); OutputStream out = Files.newOutputStream(to)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                count += read;
                if (count > most) {
                    throw new Unusable("The ZIP file unpacks to more than " + most + " bytes, or the disk of temporary files is full.");
                }
                out.write(buffer, 0, read);
                steps.step();
            }
        }
    }

    private void scan() throws IOException, Unusable {
        boolean isFirst = true;
        while (lines.next()) {
            steps.step();
            if (lines.isTooLong()) {
                report.add(Why.LONG_LINE, "line " + lines.number());
                continue;
            }
            Optional<JsonNode> line = lines.length() == 0 ? Optional.empty() : Bounded.object(lines.bytes(), lines.length());
            if (isFirst && line.filter(first -> Bounded.text(first, "type").equals("version") && first.path("version").asInt(0) == 1)
                    .isEmpty()) {
                throw new Unusable("The first line is not the version 1 of Mattermost's format for bulk data.");
            }
            isFirst = false;
            line.ifPresentOrElse(this::scan, () -> {
                if (lines.length() > 0) {
                    report.add(Why.BAD_LINE, "line " + lines.number());
                }
            });
            if (isFull) {
                throw new Unusable("The export has more than " + PostIndex.MOST + " messages. Export and import the teams one by one.");
            }
        }
        if (isFirst) {
            throw new Unusable("The file is empty.");
        }
        sorted = index.sorted(found.size());
        List<Conversation> counted = new ArrayList<>();
        found.values().forEach(one -> counted.add(new Conversation(one.id(), one.kind(), one.name(), one.topic(), one.members(),
                sorted[counted.size()].length)));
        conversations = counted;
    }

    private void scan(JsonNode line) {
        switch (Bounded.text(line, "type")) {
            case "channel" -> channel(line.path("channel"));
            case "user" -> user(line.path("user"));
            case "direct_channel" -> direct(members(line.path("direct_channel")));
            case "post" -> post(line.path("post"), channelId(line.path("post"), "channel"));
            case "direct_post" -> post(line.path("direct_post"), direct(members(line.path("direct_post"))));
            case "version", "team", "scheme", "role", "emoji", "bot" -> { }
            default -> report.add(Why.BAD_LINE, "line " + lines.number());
        }
    }

    private void channel(JsonNode channel) {
        String name = Bounded.text(channel, "display_name").isBlank() ? Bounded.text(channel, "name")
                : Bounded.text(channel, "display_name");
        String topic = Bounded.text(channel, "header").isBlank() ? Bounded.text(channel, "purpose") : Bounded.text(channel, "header");
        Kind kind = Bounded.text(channel, "type").equals("O") ? Kind.PUBLIC : Kind.PRIVATE;
        add(new Conversation(channelId(channel, "name"), kind, name, topic, new TreeMap<>(), 0));
    }

    private static String channelId(JsonNode object, String field) {
        return Bounded.text(object, "team").toLowerCase(Locale.ROOT) + "/" + Bounded.text(object, field).toLowerCase(Locale.ROOT);
    }

    private void add(Conversation conversation) {
        if (found.size() < MOST_CONVERSATIONS && !found.containsKey(conversation.id())) {
            numbers.put(conversation.id(), found.size());
            found.put(conversation.id(), conversation);
        } else {
            report.add(found.containsKey(conversation.id()) ? Why.DUPLICATE : Why.BAD_CONVERSATION, conversation.id());
        }
    }

    // Newer versions name participants, with more about each.
    private static List<String> members(JsonNode direct) {
        JsonNode listed = direct.has("channel_members") ? direct.get("channel_members") : direct.path("members");
        JsonNode all = listed.isArray() && !listed.isEmpty() ? listed : direct.path("participants");
        return List.copyOf(new TreeSet<>(all.valueStream()
                .map(one -> (one.isString() ? one.stringValue() : Bounded.text(one, "username")).toLowerCase(Locale.ROOT))
                .filter(name -> !name.isEmpty()).toList()));
    }

    private String direct(List<String> members) {
        String id = String.join(",", members);
        if (!found.containsKey(id)) {
            add(new Conversation(id, Kind.DIRECT, "", "", members.stream().collect(Collectors.toMap(name -> name, name -> false,
                    (one, other) -> one, TreeMap::new)), 0));
        }
        return id;
    }

    private void user(JsonNode user) {
        String name = Bounded.text(user, "username").toLowerCase(Locale.ROOT);
        if (name.isEmpty() || people.size() >= MOST_PEOPLE) {
            report.add(Why.BAD_LINE, "line " + lines.number());
            return;
        }
        String full = (Bounded.text(user, "first_name") + " " + Bounded.text(user, "last_name")).strip();
        people.put(name, !full.isEmpty() ? full : Bounded.text(user, "nickname").isBlank() ? name : Bounded.text(user, "nickname"));
        for (JsonNode team : user.path("teams")) {
            for (JsonNode channel : team.path("channels")) {
                Conversation joined = found.get(Bounded.text(team, "name").toLowerCase(Locale.ROOT) + "/"
                        + Bounded.text(channel, "name").toLowerCase(Locale.ROOT));
                if (joined != null) {
                    joined.members().put(name, Bounded.text(channel, "roles").contains("channel_admin"));
                }
            }
        }
    }

    private void post(JsonNode post, String conversation) {
        Integer number = numbers.get(conversation);
        if (number == null) {
            report.add(Why.UNKNOWN_CONVERSATION, conversation);
            return;
        }
        isFull |= !index.add(number, time(post, "create_at"), lines.position(), lines.length(), 0);
        int item = 0;
        for (JsonNode reply : post.path("replies")) {
            isFull |= !index.add(number, time(reply, "create_at"), lines.position(), lines.length(), ++item);
        }
    }

    private static Instant time(JsonNode object, String field) {
        JsonNode millis = object.path(field);
        return millis.isIntegralNumber() && millis.canConvertToLong() ? Bounded.time(millis.longValue()) : null;
    }

    @Override
    public Map<String, String> people() {
        return people;
    }

    @Override
    public List<Conversation> conversations() {
        return conversations;
    }

    @Override
    public void read(Conversation conversation, Reader reader) throws IOException {
        for (int message : sorted[numbers.get(conversation.id())]) {
            JsonNode line = line(index.position(message), index.length(message), index.item(message) > 0);
            JsonNode post = line.path(Bounded.text(line, "type"));
            int item = index.item(message);
            reader.read(item == 0 ? message(post, Optional.empty())
                    : message(post.path("replies").path(item - 1), Optional.of(new Post.Root(id(post), author(post)))));
        }
    }

    private JsonNode line(long position, int length, boolean isReply) throws IOException {
        JsonNode known = isReply ? kept.get(position) : null;
        if (known != null) {
            return known;
        }
        JsonNode line = Bounded.object(lines.at(position, length), length)
                .orElseThrow(() -> new IOException("The export changed while it was read"));
        if (length <= LONGEST_KEPT && line.path(Bounded.text(line, "type")).path("replies").size() > 0) {
            kept.put(position, line);
        }
        return line;
    }

    private static String author(JsonNode post) {
        return Bounded.text(post, "user").toLowerCase(Locale.ROOT);
    }

    // Mattermost's export has no ids; its own import compares the same.
    private static String id(JsonNode post) {
        return post.path("create_at").asLong(0) + " " + Bounded.text(post, "message") + attachments(post).stream()
                .map(path -> "\n" + path).collect(Collectors.joining());
    }

    private static List<String> attachments(JsonNode post) {
        return post.path("attachments").valueStream().map(one -> Bounded.text(one, "path")).filter(path -> !path.isEmpty()).toList();
    }

    private Post message(JsonNode post, Optional<Post.Root> root) {
        String text = Bounded.text(post, "message");
        Map<String, String> mentions = new HashMap<>();
        Matcher names = MENTION.matcher(text);
        while (names.find()) {
            String name = names.group(1);
            // A full stop after a name ends a sentence.
            String person = people.containsKey(name) ? name : name.replaceAll("[._-]+$", "");
            if (people.containsKey(person)) {
                mentions.put("@" + person, person);
            }
        }
        return new Post(id(post), author(post), Optional.empty(), time(post, "create_at"), Bounded.text(post, "type").startsWith("system_"),
                text, root, false, mentions, attachments(post).stream().map(this::file).toList(),
                Optional.ofNullable(time(post, "edit_at")), post.path("reactions").valueStream()
                .map(one -> new Reaction(Bounded.text(one, "emoji_name"), author(one))).toList(), post.path("is_pinned").asBoolean(false));
    }

    private Attachment file(String path) {
        Optional<String> entry = zip.flatMap(open -> List.of(path, DATA + path).stream().filter(open::has).findFirst());
        return new Attachment(path.substring(path.lastIndexOf('/') + 1), entry);
    }

    @Override
    public InputStream open(String entry) throws IOException {
        return zip.orElseThrow().open(entry);
    }

    @Override
    public void close() throws IOException {
        lines.close();
        if (zip.isPresent()) {
            zip.get().close();
        }
        if (unpacked.isPresent()) {
            Files.deleteIfExists(unpacked.get());
        }
    }
}
