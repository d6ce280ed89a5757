package parley.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An export of Slack: a ZIP file with lists of people and conversations, and a folder for each conversation that has a file for each day.
 * Files are links there; some tools add them in {@code __uploads/id/name}.
 */
final class SlackExport implements Export {

    /** In bytes. All lists and all messages of one day of a conversation. */
    private static final int LARGEST_ENTRY = 64 << 20;
    private static final int MOST_CONVERSATIONS = 200_000;
    private static final int MOST_PEOPLE = 500_000;
    private static final int MOST_POSTS = 1 << 24;
    private static final Pattern DAY = Pattern.compile("([^/]+)/(\\d{4}-\\d{2}-\\d{2})\\.json");
    private static final Pattern TIME = Pattern.compile("(\\d{9,11})(?:\\.(\\d{1,6}))?");
    private static final int MICROS = 6;
    private static final Set<String> BY_PEOPLE = Set.of("", "me_message", "bot_message", "thread_broadcast", "file_share", "file_comment",
            "reply_broadcast");
    // Objects of a list are followed by others.
    private static final JsonMapper JSON = JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private final Zip zip;
    private final Report report;
    private final Steps steps;
    private final Map<String, String> people = new HashMap<>();
    /** By folder, the entries of its days in their order. */
    private final Map<String, Set<String>> days = new HashMap<>();
    private final Map<String, String> folders = new HashMap<>();
    private final List<Conversation> conversations = new ArrayList<>();

    private SlackExport(Zip zip, Report report, Steps steps) {
        this.zip = zip;
        this.report = report;
        this.steps = steps;
    }

    /** Opens an export and counts what it has. */
    static SlackExport open(Path file, Report report, Steps steps) throws IOException, Unusable {
        SlackExport export = new SlackExport(Zip.open(file, report), report, steps);
        try {
            export.scan();
            return export;
        } catch (IOException | Unusable | RuntimeException failed) {
            export.close();
            throw failed;
        }
    }

    private void scan() throws IOException, Unusable {
        for (String name : zip.names()) {
            Matcher day = DAY.matcher(name);
            if (day.matches()) {
                days.computeIfAbsent(day.group(1), folder -> new TreeSet<>()).add(name);
            }
        }
        boolean hasPeople = false;
        for (String list : List.of("users.json", "org_users.json")) {
            hasPeople |= zip.has(list);
            each(list, this::person);
        }
        if (!hasPeople || !zip.has("channels.json") && !zip.has("groups.json") && !zip.has("dms.json") && !zip.has("mpims.json")) {
            throw new Unusable("The ZIP file is no export of Slack: it lacks users.json, or any list of conversations.");
        }
        Map<String, Conversation> found = new LinkedHashMap<>();
        each("channels.json", one -> conversation(one, Kind.PUBLIC, found));
        each("groups.json", one -> conversation(one, Kind.PRIVATE, found));
        each("mpims.json", one -> conversation(one, Kind.DIRECT, found));
        each("dms.json", one -> conversation(one, Kind.DIRECT, found));
        long posts = 0;
        for (Conversation one : found.values()) {
            long[] count = new long[1];
            for (String day : days.getOrDefault(folders.get(one.id()), Set.of())) {
                each(day, message -> count[0]++);
            }
            posts += count[0];
            if (posts > MOST_POSTS) {
                throw new Unusable("The export has more than " + MOST_POSTS + " messages. Export shorter times.");
            }
            conversations.add(new Conversation(one.id(), one.kind(), one.name(), one.topic(), one.members(), count[0]));
        }
    }

    private void person(JsonNode user) {
        String id = Bounded.text(user, "id");
        if (id.isEmpty() || people.size() >= MOST_PEOPLE) {
            report.add(Why.BAD_LINE, "users.json");
            return;
        }
        List<String> names = List.of(Bounded.text(user.path("profile"), "real_name"), Bounded.text(user, "real_name"),
                Bounded.text(user.path("profile"), "display_name"), Bounded.text(user, "name"), id);
        people.put(id, names.stream().filter(name -> !name.isBlank()).findFirst().orElseThrow());
    }

    private void conversation(JsonNode one, Kind kind, Map<String, Conversation> found) {
        String id = Bounded.text(one, "id");
        String name = Bounded.text(one, "name");
        if (id.isEmpty() || found.containsKey(id) || found.size() >= MOST_CONVERSATIONS) {
            report.add(found.containsKey(id) ? Why.DUPLICATE : Why.BAD_CONVERSATION, id + " " + name);
            return;
        }
        Map<String, Boolean> members = new TreeMap<>();
        one.path("members").forEach(member -> members.put(member.asString(""), member.asString("").equals(Bounded.text(one, "creator"))));
        String topic = Bounded.text(one.path("topic"), "value");
        String purpose = Bounded.text(one.path("purpose"), "value");
        folders.put(id, days.containsKey(id) || name.isEmpty() ? id : name);
        found.put(id, new Conversation(id, kind, kind == Kind.DIRECT ? "" : name, SlackText.markdown(topic.isBlank() ? purpose : topic,
                new HashMap<>()), members, 0));
    }

    /** Takes objects of a list. */
    private interface Each {
        void take(JsonNode object);
    }

    private void each(String entry, Each each) throws IOException {
        Optional<byte[]> bytes = zip.read(entry, LARGEST_ENTRY, report);
        if (bytes.isEmpty()) {
            return;
        }
        try (JsonParser list = Bounded.parser(bytes.get())) {
            if (list.nextToken() != JsonToken.START_ARRAY) {
                report.add(Why.BAD_LINE, entry);
                return;
            }
            while (list.nextToken() == JsonToken.START_OBJECT) {
                steps.step();
                each.take(JSON.readTree(list));
            }
        } catch (JacksonException malformed) {
            report.add(Why.BAD_LINE, entry);
        }
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
        for (String day : days.getOrDefault(folders.get(conversation.id()), Set.of())) {
            List<JsonNode> messages = new ArrayList<>();
            each(day, messages::add);
            messages.sort(Comparator.comparing(message -> Bounded.text(message, "ts")));
            for (JsonNode message : messages) {
                reader.read(message(message, conversation));
            }
        }
    }

    private Post message(JsonNode message, Conversation conversation) {
        String ts = Bounded.text(message, "ts");
        String thread = Bounded.text(message, "thread_ts");
        String subtype = Bounded.text(message, "subtype");
        Map<String, String> mentions = new HashMap<>();
        String text = SlackText.markdown(Bounded.text(message, "text"), mentions);
        return new Post(ts, author(message), Optional.of(Bounded.text(message, "username")).filter(name -> !name.isBlank()), time(ts),
                !BY_PEOPLE.contains(subtype) || !Bounded.text(message, "type").equals("message"),
                subtype.equals("me_message") && !text.isEmpty() ? "_" + text + "_" : text,
                thread.isEmpty() || thread.equals(ts) ? Optional.empty()
                        : Optional.of(new Post.Root(thread, Bounded.text(message, "parent_user_id"))),
                subtype.endsWith("_broadcast"), mentions, message.path("files").valueStream().map(this::file).toList(),
                Optional.ofNullable(time(Bounded.text(message.path("edited"), "ts"))), reactions(message),
                message.path("pinned_to").valueStream().anyMatch(room -> room.asString("").equals(conversation.id())));
    }

    private static String author(JsonNode message) {
        String user = Bounded.text(message, "user");
        return user.isEmpty() ? Bounded.text(message, "bot_id") : user;
    }

    private static List<Reaction> reactions(JsonNode message) {
        List<Reaction> all = new ArrayList<>();
        message.path("reactions").forEach(reaction -> reaction.path("users")
                .forEach(user -> all.add(new Reaction(Bounded.text(reaction, "name"), user.asString("")))));
        return all;
    }

    private Attachment file(JsonNode file) {
        String name = Bounded.text(file, "name").isBlank() ? Bounded.text(file, "title") : Bounded.text(file, "name");
        return new Attachment(name, Optional.of("__uploads/" + Bounded.text(file, "id") + "/" + name).filter(zip::has));
    }

    /** A time such as {@code 1355517523.000005}, to the millisecond; null if it is not usable. */
    static Instant time(String ts) {
        Matcher parts = TIME.matcher(ts);
        if (!parts.matches()) {
            return null;
        }
        String fraction = parts.group(2) == null ? "" : parts.group(2);
        long micros = Long.parseLong(fraction + "0".repeat(MICROS - fraction.length()));
        return Bounded.time(Long.parseLong(parts.group(1)) * 1_000 + micros / 1_000);
    }

    @Override
    public InputStream open(String entry) throws IOException {
        return zip.open(entry);
    }

    @Override
    public void close() throws IOException {
        zip.close();
    }
}
