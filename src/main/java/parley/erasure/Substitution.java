package parley.erasure;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import parley.protocol.AttachedFile;
import parley.protocol.CallChange;
import parley.protocol.Change;
import parley.protocol.Codec;
import parley.protocol.DocumentChange;
import parley.protocol.Form;
import parley.protocol.Json;
import parley.protocol.LinkPreview;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.sql.Caseless;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Puts a pseudonym in the place of a person, in ids, names, texts and events. An id or name that is one word of letters may be a word that
 * anybody uses: it is replaced after {@code @}, and in messages that mention the person. Every other one is replaced in all texts. Case
 * does not count. Applying it again changes nothing. Immutable.
 */
final class Substitution {

    private static final Pattern ONE_WORD = Pattern.compile("[\\p{L}\\p{M}]+");
    private static final int FLAGS = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
    private static final String NO_WORD_BEFORE = "(?<![\\p{L}\\p{N}_])";
    private static final String NO_WORD_AFTER = "(?![\\p{L}\\p{N}_])";

    private final String person;
    private final User shown;
    private final boolean withContent;
    private final List<String> all;
    private final Pattern asValue;
    private final Optional<Pattern> afterAt;
    private final Optional<Pattern> everywhere;
    private final Optional<Pattern> mentioned;

    /**
     * @param person the user id
     * @param names of the person
     * @param words further words to replace
     * @param withContent whether what the person wrote becomes empty
     */
    Substitution(String person, String pseudonym, List<String> names, List<String> words, boolean withContent) {
        this.person = person;
        this.withContent = withContent;
        shown = new User(pseudonym, Erasure.SHOWN_AS);
        List<String> own = Stream.concat(Stream.of(person), names.stream()).distinct().toList();
        all = Stream.concat(own.stream(), words.stream()).distinct().toList();
        // Words of what takes their place would be replaced again and again.
        List<String> known = own.stream().filter(one -> !isIn(shown, one)).toList();
        List<String> further = words.stream().filter(one -> !isIn(shown, one)).toList();
        asValue = Pattern.compile("(?<=[\"=])" + Pattern.quote(person) + "(?=[\"\\s]|$)");
        afterAt = anyOf("(?<=@)", known);
        everywhere = anyOf(NO_WORD_BEFORE, Stream.concat(known.stream().filter(one -> !ONE_WORD.matcher(one).matches()), further.stream())
                .toList());
        mentioned = anyOf(NO_WORD_BEFORE, known);
    }

    private static boolean isIn(User shown, String word) {
        return (shown.id() + ' ' + shown.name()).toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }

    static Substitution of(Erasure erasure) {
        return new Substitution(erasure.person().orElseThrow(), erasure.pseudonym(), erasure.names(), erasure.words(),
                erasure.withContent());
    }

    // The longest first, because a name may begin like another.
    private static Optional<Pattern> anyOf(String before, List<String> words) {
        return words.isEmpty() ? Optional.empty() : Optional.of(Pattern.compile(words.stream()
                .sorted(Comparator.comparingInt(String::length).reversed()).map(Pattern::quote)
                .collect(Collectors.joining("|", before + "(?:", ")" + NO_WORD_AFTER)), FLAGS));
    }

    private String without(Optional<Pattern> words, String text) {
        return words.map(pattern -> pattern.matcher(text).replaceAll(shown.name())).orElse(text);
    }

    /** Parts one of which is in every text that {@link #text} changes, in the spellings of {@link Caseless}. */
    List<String> parts() {
        return Caseless.spellings(all);
    }

    /** Parts one of which is in the frame of every event that {@link #event} changes, in the spellings of {@link Caseless}. */
    List<String> frameParts() {
        return Caseless.spellings(all).stream().map(Json::part).toList();
    }

    /** The id, or the pseudonym in its place. */
    String id(String id) {
        return id.equals(person) ? shown.id() : id;
    }

    /** A text of anybody. */
    String text(String text) {
        String values = asValue.matcher(text).replaceAll(Matcher.quoteReplacement(shown.id()));
        return without(everywhere, without(afterAt, values));
    }

    private String text(String text, List<String> mentions) {
        return mentions.contains(person) || mentions.contains(shown.id()) ? without(mentioned, text(text)) : text(text);
    }

    /** Ids with line breaks or blanks between. */
    String ids(String ids) {
        return Pattern.compile("(?<![^\\n ])" + Pattern.quote(person) + "(?![^\\n ])").matcher(ids)
                .replaceAll(Matcher.quoteReplacement(shown.id()));
    }

    /** JSON with ids and texts. What is no JSON is a text. */
    String json(String json) {
        return Codec.object(json).map(object -> node(object).toString()).orElseGet(() -> text(json));
    }

    private JsonNode node(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode changed = JsonNodeFactory.instance.objectNode();
                for (Map.Entry<String, JsonNode> field : object.properties()) {
                    changed.set(id(field.getKey()), node(field.getValue()));
                }
                yield changed;
            }
            case ArrayNode array -> {
                ArrayNode changed = JsonNodeFactory.instance.arrayNode();
                array.forEach(element -> changed.add(node(element)));
                yield changed;
            }
            default -> node.isString() ? JsonNodeFactory.instance.stringNode(text(id(node.stringValue()))) : node;
        };
    }

    /** A user, or who takes the person's place. */
    User user(User user) {
        return user.id().equals(person) ? shown : user;
    }

    /** The names that this event has of the person. */
    List<String> namesIn(RoomEvent event) {
        Stream<User> users = switch (event.change()) {
            case MemberChange change -> Stream.of(event.by(), change.user());
            case CallChange.Ended ended -> Stream.concat(Stream.of(event.by()), ended.people().stream());
            default -> Stream.of(event.by());
        };
        return users.filter(user -> user.id().equals(person)).map(User::name).distinct().toList();
    }

    /** The same event without the person. */
    RoomEvent event(RoomEvent event) {
        boolean empty = withContent && event.by().id().equals(person);
        Change change = switch (event.change()) {
            case RoomChange one -> room(one);
            case MemberChange one -> member(one);
            case MessageChange one -> message(empty ? one.redacted() : one);
            case DocumentChange one -> document(one);
            case CallChange one -> call(one);
        };
        return new RoomEvent(event.room(), event.offset(), event.at(), user(event.by()), change);
    }

    /** The profile of a room without the person. */
    RoomProfile profile(RoomProfile profile) {
        return new RoomProfile(text(profile.name()), profile.kind(), text(profile.topic()), profile.retention(), profile.posting());
    }

    private Change room(RoomChange change) {
        return switch (change) {
            case RoomChange.Updated updated -> new RoomChange.Updated(profile(updated.profile()));
            case RoomChange.Rewritten rewritten -> rewritten;
            case RoomChange.Closed closed -> closed;
        };
    }

    private Change member(MemberChange change) {
        User user = user(change.user());
        return switch (change) {
            case MemberChange.Joined joined -> new MemberChange.Joined(user, joined.role());
            case MemberChange.Left left -> new MemberChange.Left(user);
            case MemberChange.RoleChanged changed -> new MemberChange.RoleChanged(user, changed.role(), changed.until());
            case MemberChange.Muted muted -> new MemberChange.Muted(user, muted.until());
            case MemberChange.Unmuted unmuted -> new MemberChange.Unmuted(user);
        };
    }

    private Change message(MessageChange change) {
        return switch (change) {
            case MessageChange.Posted posted -> new MessageChange.Posted(text(posted.text(), posted.mentions()), posted.key(),
                    posted.thread(), posted.also(), each(posted.mentions(), this::id), posted.everyone(), posted.deleted(),
                    each(posted.files(), this::file), posted.form().map(this::form));
            case MessageChange.Edited edited -> new MessageChange.Edited(edited.message(), text(edited.text(), edited.mentions()),
                    each(edited.mentions(), this::id), edited.deleted(), each(edited.files(), this::file),
                    each(edited.previews(), this::preview));
            case MessageChange.Restored restored -> new MessageChange.Restored(restored.message(),
                    text(restored.text(), restored.mentions()), restored.thread(), restored.also(), each(restored.mentions(), this::id),
                    restored.everyone(), restored.deleted(), each(restored.files(), this::file), restored.form().map(this::form),
                    restored.edited(), restored.versions());
            case MessageChange.Previewed previewed -> new MessageChange.Previewed(previewed.message(),
                    each(previewed.previews(), this::preview), previewed.removed());
            case MessageChange.Deleted deleted -> deleted;
            case MessageChange.ReactionAdded added -> added;
            case MessageChange.ReactionRemoved removed -> removed;
            case MessageChange.Pinned pinned -> pinned;
            case MessageChange.Unpinned unpinned -> unpinned;
        };
    }

    private Change document(DocumentChange change) {
        return switch (change) {
            case DocumentChange.Created created -> new DocumentChange.Created(created.document(), text(created.title()));
            case DocumentChange.Renamed renamed -> new DocumentChange.Renamed(renamed.document(), text(renamed.title()));
            case DocumentChange.Deleted deleted -> deleted;
        };
    }

    private Change call(CallChange change) {
        return switch (change) {
            case CallChange.Started started -> started;
            case CallChange.Ended ended -> new CallChange.Ended(ended.call(), ended.seconds(), each(ended.people(), this::user));
        };
    }

    private AttachedFile file(AttachedFile file) {
        return new AttachedFile(file.id(), text(file.name()), file.type(), file.size(), file.width(), file.height(), file.thumbnail());
    }

    private LinkPreview preview(LinkPreview preview) {
        return new LinkPreview(text(preview.url()), text(preview.title()), text(preview.text()), preview.picture());
    }

    private Form form(Form form) {
        return new Form(each(form.fields(), field -> new Form.Field(field.name(), text(field.label()), field.kind(),
                each(field.options(), this::text), field.required())), each(form.buttons(), button ->
                new Form.Button(button.action(), text(button.label()), button.style())));
    }

    private static <T> List<T> each(List<T> all, UnaryOperator<T> change) {
        List<T> changed = new ArrayList<>(all.size());
        all.forEach(one -> changed.add(change.apply(one)));
        return changed;
    }
}
