package parley.imports;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import parley.emoji.EmojiNames;
import parley.journal.PastMessage;
import parley.protocol.AttachedFile;
import parley.protocol.TextRules;
import parley.protocol.User;

/**
 * From messages of an export to messages of the log. Reports what is left out or changed. For one thread and one import; nothing is stored.
 */
final class Converting {

    private static final int MOST_MENTIONS = 50;
    private static final int MOST_EMOJI = 20;
    private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(5);
    private static final int MOST_REMEMBERED = 100_000;

    private final String source;
    private final Mapping mapping;
    private final EmojiNames emoji;
    private final Report report;
    private final Instant now;
    /** The authors of the last messages, by key: Slack does not always name the author of a thread. */
    private final Map<String, String> authors = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };

    Converting(String source, Mapping mapping, EmojiNames emoji, Report report, Instant now) {
        this.source = source;
        this.mapping = mapping;
        this.emoji = emoji;
        this.report = report;
        this.now = now;
    }

    /**
     * A message that can be imported.
     *
     * @param post with the files that it wants
     */
    record Ready(Export.Conversation conversation, Export.Post post, User author, String key, List<String> texts) {

        /** Whether the files must be uploaded before. */
        boolean hasFiles() {
            return post.files().stream().anyMatch(file -> file.entry().isPresent());
        }
    }

    /** What is needed to import this message; empty if it can't be. */
    Optional<Ready> ready(Export.Conversation conversation, Export.Post post) {
        String place = place(conversation, post);
        if (post.system()) {
            report.add(Why.SYSTEM_MESSAGE, place);
            return Optional.empty();
        }
        if (post.at() == null || post.at().isAfter(now.plus(CLOCKS_DIFFER))) {
            report.add(Why.BAD_TIME, place);
            return Optional.empty();
        }
        Optional<User> author = mapping.person(post.author(), post.authorName());
        if (author.isEmpty()) {
            report.add(Why.UNMAPPED_AUTHOR, post.author());
            return Optional.empty();
        }
        reportFiles(post, place);
        List<String> texts = Texts.parts(emoji.in(named(Texts.storable(post.text()), post)));
        if (texts.isEmpty() && post.files().stream().allMatch(file -> file.entry().isEmpty())) {
            report.add(Why.EMPTY_MESSAGE, place);
            return Optional.empty();
        }
        if (texts.size() > 1) {
            report.add(Why.LONG_MESSAGE, place);
        }
        String key = Texts.hash(source, conversation.id(), post.id());
        authors.put(key, author.get().id());
        return Optional.of(new Ready(conversation, post, author.get(), key, texts));
    }

    private static String place(Export.Conversation conversation, Export.Post post) {
        String room = conversation.kind() == Export.Kind.DIRECT ? "a direct conversation" : conversation.name();
        return room + " " + (post.at() == null ? "without a time" : post.at());
    }

    private void reportFiles(Export.Post post, String place) {
        post.files().stream().filter(file -> file.entry().isEmpty()).forEach(file -> report.add(Why.FILE_NOT_INCLUDED, place));
        if (post.files().stream().filter(file -> file.entry().isPresent()).count() > AttachedFile.MOST) {
            report.add(Why.FILES, place);
        }
    }

    // The longest first, because one may begin with another.
    private String named(String text, Export.Post post) {
        String named = text;
        for (String mention : post.mentions().keySet().stream().sorted(Comparator.comparingInt(String::length).reversed()).toList()) {
            Optional<String> label = mapping.label(post.mentions().get(mention));
            if (label.isPresent()) {
                named = named.replace(mention, "@" + label.get());
            }
        }
        return named;
    }

    /** The messages of the log for this one: usually one, several if it is too long. */
    List<PastMessage> messages(Ready ready, List<AttachedFile> files) {
        Export.Post post = ready.post();
        List<String> texts = ready.texts().isEmpty() ? List.of("") : ready.texts();
        if (ready.texts().isEmpty() && files.isEmpty()) {
            return List.of();
        }
        Optional<PastMessage.Root> root = post.answers().flatMap(first -> root(ready.conversation(), first, post));
        List<PastMessage> messages = new ArrayList<>();
        for (String text : texts) {
            boolean first = messages.isEmpty();
            messages.add(new PastMessage(ready.author(), post.at(), first ? ready.key() : ready.key() + "." + (messages.size() + 1), text,
                    root, post.also(), mentions(post), first ? files : List.of(),
                    post.edited().filter(at -> !at.isBefore(post.at()) && !at.isAfter(now.plus(CLOCKS_DIFFER))),
                    first ? reactions(post) : List.of(), first && post.pinned() ? Optional.of(ready.author()) : Optional.empty()));
        }
        return messages;
    }

    private Optional<PastMessage.Root> root(Export.Conversation conversation, Export.Post.Root first, Export.Post reply) {
        String key = Texts.hash(source, conversation.id(), first.id());
        Optional<String> author = first.author().isEmpty() ? Optional.ofNullable(authors.get(key))
                : mapping.person(first.author(), Optional.empty()).map(User::id);
        if (author.isEmpty()) {
            report.add(Why.LOST_THREAD, place(conversation, reply));
        }
        return author.map(user -> new PastMessage.Root(user, key));
    }

    private List<String> mentions(Export.Post post) {
        return post.mentions().values().stream().flatMap(person -> mapping.known(person).stream()).map(User::id).distinct()
                .limit(MOST_MENTIONS).toList();
    }

    private List<PastMessage.Reaction> reactions(Export.Post post) {
        Set<PastMessage.Reaction> reactions = new LinkedHashSet<>();
        Set<String> different = new HashSet<>();
        for (Export.Reaction reaction : post.reactions()) {
            Optional<String> found = emoji.of(reaction.emoji());
            Optional<User> person = mapping.person(reaction.person(), Optional.empty());
            if (found.isEmpty()) {
                report.add(Why.UNKNOWN_EMOJI, TextRules.shown(reaction.emoji()));
            } else if (person.isEmpty() || different.size() == MOST_EMOJI && !different.contains(found.get())) {
                report.add(Why.REACTION, reaction.person());
            } else {
                different.add(found.get());
                reactions.add(new PastMessage.Reaction(person.get(), found.get()));
            }
        }
        return List.copyOf(reactions);
    }
}
