package parley.notify;

import com.ibm.icu.lang.UCharacter;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Finds the people whose keywords a text contains. A keyword matches whole words, in upper or lower case. The time that a search takes
 * grows with the text and with what it finds, not with the number of keywords. Not safe for concurrent use.
 */
final class Keywords {

    private record Entry(List<String> words, String person) {}

    private final Map<String, List<Entry>> byFirstWord = new HashMap<>();
    /** The first words of each person's keywords. */
    private final Map<String, Set<String>> firstWords = new HashMap<>();

    /** Replaces the keywords of these people; an empty list removes them. */
    void change(Map<String, List<String>> byPerson) {
        byPerson.forEach((person, keywords) -> {
            remove(person);
            keywords.forEach(keyword -> add(person, words(keyword)));
        });
    }

    private void remove(String person) {
        firstWords.getOrDefault(person, Set.of()).forEach(word -> byFirstWord.computeIfPresent(word, (same, entries) -> {
            entries.removeIf(entry -> entry.person.equals(person));
            return entries.isEmpty() ? null : entries;
        }));
        firstWords.remove(person);
    }

    private void add(String person, List<String> words) {
        if (!words.isEmpty()) {
            byFirstWord.computeIfAbsent(words.getFirst(), first -> new ArrayList<>()).add(new Entry(words, person));
            firstWords.computeIfAbsent(person, first -> new HashSet<>()).add(words.getFirst());
        }
    }

    /** The ids of the people who have a keyword in this text. */
    Set<String> peopleFor(String text) {
        Set<String> people = new HashSet<>();
        if (byFirstWord.isEmpty()) {
            return people;
        }
        List<String> words = words(text);
        for (int i = 0; i < words.size(); i++) {
            for (Entry entry : byFirstWord.getOrDefault(words.get(i), List.of())) {
                int end = i + entry.words.size();
                if (end <= words.size() && words.subList(i, end).equals(entry.words)) {
                    people.add(entry.person);
                }
            }
        }
        return people;
    }

    // The words of a text, folded so that case does not matter.
    private static List<String> words(String text) {
        String folded = UCharacter.foldCase(text, true);
        BreakIterator breaks = BreakIterator.getWordInstance(Locale.ROOT);
        breaks.setText(folded);
        List<String> words = new ArrayList<>();
        int start = breaks.first();
        for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
            String word = folded.substring(start, end);
            if (word.codePoints().anyMatch(Character::isLetterOrDigit)) {
                words.add(word);
            }
        }
        return words;
    }
}
