package parley.hold;

import java.text.Normalizer;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import parley.journal.Original;
import parley.protocol.AttachedFile;
import parley.protocol.Change;
import parley.protocol.DocumentChange;
import parley.protocol.Form;
import parley.protocol.LinkPreview;
import parley.protocol.MessageChange;

/**
 * What a hold covers: events that meet all of these conditions. An empty condition is met by every event.
 *
 * @param people ids of the people one of whom caused the event
 * @param rooms the rooms in one of which it is
 * @param words one of which is in the text, in the name of a file, in a preview or in the title of a document. A word may have blanks.
 *     Parts of words count; case, accents and forms of the same character do not
 * @param from it happened then or later
 * @param until it happened earlier
 */
public record Scope(List<String> people, List<String> rooms, List<String> words, Optional<Instant> from, Optional<Instant> until) {

    /** Marks, and characters that nobody sees, such as soft hyphens and marks of the writing direction. */
    private static final Pattern MARKS = Pattern.compile("[\\p{M}\\p{Cf}]+");
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    public Scope {
        people = List.copyOf(people);
        rooms = List.copyOf(rooms);
        words = List.copyOf(words);
    }

    /** Whether there is no condition, so that every event is covered. */
    public boolean isEverything() {
        return people.isEmpty() && rooms.isEmpty() && words.isEmpty() && from.isEmpty() && until.isEmpty();
    }

    /** Whether something in this room may be covered. */
    public boolean reaches(String room) {
        return rooms.isEmpty() || rooms.contains(room);
    }

    /** Whether something that this person wrote may be covered. */
    public boolean reachesPerson(String person) {
        return people.isEmpty() || people.contains(person);
    }

    boolean covers(Original original) {
        return reaches(original.room()) && reachesPerson(original.actor())
                && from.filter(original.at()::isBefore).isEmpty() && until.filter(end -> !original.at().isBefore(end)).isEmpty()
                && (words.isEmpty() || hasWord(original.event().change()));
    }

    private boolean hasWord(Change change) {
        List<String> texts = texts(change).map(Scope::folded).toList();
        return words.stream().map(Scope::folded).anyMatch(word -> texts.stream().anyMatch(text -> text.contains(word)));
    }

    private static Stream<String> texts(Change change) {
        return switch (change) {
            case MessageChange.Posted posted -> Stream.of(Stream.of(posted.text()), names(posted.files()),
                    posted.form().map(Form::toString).stream()).flatMap(texts -> texts);
            case MessageChange.Edited edited -> Stream.of(Stream.of(edited.text()), names(edited.files()), previews(edited.previews()))
                    .flatMap(texts -> texts);
            case MessageChange.Previewed previewed -> previews(previewed.previews());
            case DocumentChange.Created created -> Stream.of(created.title());
            case DocumentChange.Renamed renamed -> Stream.of(renamed.title());
            default -> Stream.empty();
        };
    }

    private static Stream<String> names(List<AttachedFile> files) {
        return files.stream().map(AttachedFile::name);
    }

    private static Stream<String> previews(List<LinkPreview> previews) {
        return previews.stream().flatMap(preview -> Stream.of(preview.url(), preview.title(), preview.text()));
    }

    // Over upper case, because only there all forms of a letter meet: ß and SS, σ and ς.
    static String folded(String text) {
        String parts = MARKS.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD)).replaceAll("");
        return BLANKS.matcher(parts.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT)).replaceAll(" ").replace('ς', 'σ').strip();
    }
}
