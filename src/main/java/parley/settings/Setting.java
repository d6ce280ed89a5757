package parley.settings;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The declaration of one setting. Immutable.
 *
 * @param key its name in MicroProfile Config
 * @param fallback the default, written like a configured value
 * @param shownDefault the default for the settings page
 * @param values the values that it accepts
 * @param consequence what it controls and what happens at the bound, in plain sentences for the settings page
 */
record Setting<T>(String key, String fallback, String shownDefault, Values<T> values, String consequence) {

    /** A whole number; {@code unit} is a plural such as {@code threads}. */
    static Setting<Integer> number(String key, int fallback, int least, int most, String unit, String consequence) {
        return number(key, fallback, new Values.WholeNumber<>(least, most, unit, Integer::valueOf), consequence);
    }

    /** A number of bytes, which may be more than two GiB. */
    static Setting<Long> bytes(String key, long fallback, long least, long most, String consequence) {
        String allowed = String.format(Locale.ROOT, "%,d to %,d bytes", least, most);
        Setting<Long> declared = parsed(key, "" + fallback, text -> Optional.of(text.strip())
                .filter(digits -> digits.matches("[0-9]{1,18}")).map(Long::valueOf).filter(size -> size >= least && size <= most), allowed,
                consequence);
        return declared.showingDefault(String.format(Locale.ROOT, "%,d", fallback));
    }

    static Setting<Duration> millis(String key, int fallback, int least, int most, String consequence) {
        return number(key, fallback, new Values.WholeNumber<>(least, most, "milliseconds", Duration::ofMillis), consequence);
    }

    static Setting<Duration> seconds(String key, int fallback, int least, int most, String consequence) {
        return number(key, fallback, new Values.WholeNumber<>(least, most, "seconds", Duration::ofSeconds), consequence);
    }

    static Setting<Duration> minutes(String key, int fallback, int least, int most, String consequence) {
        return number(key, fallback, new Values.WholeNumber<>(least, most, "minutes", Duration::ofMinutes), consequence);
    }

    static Setting<Duration> hours(String key, int fallback, int least, int most, String consequence) {
        return number(key, fallback, new Values.WholeNumber<>(least, most, "hours", Duration::ofHours), consequence);
    }

    static Setting<Duration> days(String key, int fallback, int least, int most, String consequence) {
        return number(key, fallback, new Values.WholeNumber<>(least, most, "days", Duration::ofDays), consequence);
    }

    /** A text; {@code allowed} completes the sentence "It must be …". */
    static Setting<String> text(String key, String fallback, Predicate<String> isValid, String allowed, String consequence) {
        return parsed(key, fallback, text -> Optional.of(text).filter(isValid), allowed, consequence);
    }

    /** A value that {@code parse} reads from text, empty if it can't. */
    static <T> Setting<T> parsed(String key, String fallback, Function<String, Optional<T>> parse, String allowed, String consequence) {
        String shownDefault = fallback.isEmpty() ? "none" : "`" + fallback + "`";
        return new Setting<>(key, fallback, shownDefault, new Values.Text<>(parse, allowed), consequence);
    }

    /** A list with commas between its elements, empty by default. */
    static <T> Setting<List<T>> list(String key, Function<String, Optional<T>> element, String allowed, String consequence) {
        return parsed(key, "", text -> elements(text, element), allowed, consequence);
    }

    /** One of these, in upper or lower case. */
    static <T> Setting<T> choice(String key, T fallback, List<T> choices, Function<T, String> written, String consequence) {
        String allowed = choices.stream().map(choice -> "`" + written.apply(choice) + "`").collect(Collectors.joining(" or "));
        Function<String, Optional<T>> parse =
                text -> choices.stream().filter(choice -> written.apply(choice).equalsIgnoreCase(text.strip())).findFirst();
        return parsed(key, written.apply(fallback), parse, allowed, consequence);
    }

    /** A switch, which is written as {@code yes} or {@code no}. */
    static Setting<Boolean> flag(String key, boolean fallback, String yes, String no, String consequence) {
        return choice(key, fallback, List.of(true, false), flag -> flag ? yes : no, consequence);
    }

    private static <T> Setting<T> number(String key, int fallback, Values.WholeNumber<T> values, String consequence) {
        return new Setting<>(key, "" + fallback, String.format(Locale.ROOT, "%,d", fallback), values, consequence);
    }

    /** Parses a list with commas between its elements; empty if one element is wrong. */
    static <T> Optional<List<T>> elements(String text, Function<String, Optional<T>> element) {
        List<Optional<T>> parsed = Arrays.stream(text.split(",")).map(String::strip).filter(each -> !each.isEmpty()).map(element).toList();
        return parsed.stream().allMatch(Optional::isPresent)
                ? Optional.of(parsed.stream().map(Optional::orElseThrow).toList())
                : Optional.empty();
    }

    /** The same setting; the page shows this text in place of a default that depends on the machine or on the build. */
    Setting<T> showingDefault(String shown) {
        return new Setting<>(key, fallback, shown, values, consequence);
    }

    /**
     * Reads the configured value, or the default if it is absent or blank.
     *
     * @throws IllegalStateException names the key, the value and what is allowed
     */
    T read(Function<String, Optional<String>> config) {
        String text = config.apply(key).filter(value -> !value.isBlank()).orElse(fallback);
        return values.parse(text).orElseThrow(
                () -> new IllegalStateException("%s is `%s`. It must be %s.".formatted(key, text, values.allowed())));
    }
}
