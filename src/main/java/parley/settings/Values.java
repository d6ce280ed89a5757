package parley.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The values that a setting accepts. */
sealed interface Values<T> {

    /** Parses a configured value; empty if it is not allowed. */
    Optional<T> parse(String text);

    /** Completes the sentence "It must be …". */
    String allowed();

    /** What is allowed, for a cell of the settings page. */
    default String shown() {
        return allowed();
    }

    /** The whole numbers from {@code least} to {@code most}. */
    record WholeNumber<T>(int least, int most, String unit, IntFunction<T> of) implements Values<T> {

        @Override
        public Optional<T> parse(String text) {
            try {
                int value = Integer.parseInt(text.strip());
                return value >= least && value <= most ? Optional.of(of.apply(value)) : Optional.empty();
            } catch (NumberFormatException notANumber) {
                return Optional.empty();
            }
        }

        @Override
        public String allowed() {
            return "a whole number of " + unit + " from " + least + " to " + most;
        }

        @Override
        public String shown() {
            return String.format(Locale.ROOT, "%,d to %,d %s", least, most, unit);
        }
    }

    /** The texts that {@code reading} accepts. */
    record Text<T>(Function<String, Optional<T>> reading, String allowed) implements Values<T> {

        @Override
        public Optional<T> parse(String text) {
            return reading.apply(text);
        }
    }
}
