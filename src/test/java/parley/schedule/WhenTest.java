package parley.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Times as programs and people write them, on a Saturday morning in Berlin. */
class WhenTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final Instant NOW = Instant.parse("2026-11-28T09:30:20Z");

    private static String written(String line) {
        return written(line, NOW);
    }

    private static String written(String line, Instant now) {
        return switch (When.written(line, BERLIN, now)) {
            case When.At found -> found.at().atZone(BERLIN).toLocalDateTime() + " " + found.text();
            case When.Refused refused -> refused.problem().message();
        };
    }

    private static String of(String text, String zone) {
        return switch (When.of(text, Optional.ofNullable(zone).map(ZoneId::of), NOW)) {
            case When.At found -> found.at().toString();
            case When.Refused refused -> refused.problem().message();
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "call Bob", "20 minutes call", "in minutes call", "in 5 fortnights call", "every day at 9:00 call",
            "at nine call", "in 20minutesx call", "tomorrowish call", "-in 5 minutes call", "in 123456 minutes call", "me", "at call Bob"})
    void saysWhatIsAllowed(String line) {
        assertThat(written(line)).isEqualTo(When.ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"at 25:00 call", "at 9:75 call", "tomorrow 13pm call", "tomorrow at 0am call", "2026-13-01 9:00 call",
            "2027-02-29 call"})
    void refusesTimesThatDoNotExist(String line) {
        assertThat(written(line)).isEqualTo("There is no such time. " + When.ALLOWED);
    }

    @ParameterizedTest
    @ValueSource(strings = {"today 9:00 call", "today at 10:30 call", "2026-11-27 12:00 call", "in 0 minutes call"})
    void refusesThePast(String line) {
        assertThat(written(line)).isEqualTo("The time must be in the future.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"in 53 weeks call", "in 367 days call", "2027-11-30 12:00 call", "in 99999 hours call"})
    void refusesWhatIsMoreThanAYearAhead(String line) {
        assertThat(written(line)).isEqualTo("The time must be at most a year ahead.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            in 20 minutes call Bob              | 2026-11-28T10:50:20 call Bob
            me in 20 minutes call Bob           | 2026-11-28T10:50:20 call Bob
            ME  IN  1  Min   Call   Bob         | 2026-11-28T10:31:20 Call Bob
            in an hour to call Bob              | 2026-11-28T11:30:20 to call Bob
            in 2h tea                           | 2026-11-28T12:30:20 tea
            in 3 days tea                       | 2026-12-01T10:30:20 tea
            in 366 days tea                     | 2027-11-29T10:30:20 tea
            in a week tea                       | 2026-12-05T10:30:20 tea
            at 15:00 tea                        | 2026-11-28T15:00 tea
            at 15.30 tea                        | 2026-11-28T15:30 tea
            15:00 tea                           | 2026-11-28T15:00 tea
            at 9 tea                            | 2026-11-29T09:00 tea
            at 10:30 tea                        | 2026-11-29T10:30 tea
            at 3pm tea                          | 2026-11-28T15:00 tea
            at 12 am tea                        | 2026-11-29T00:00 tea
            12:15pm tea                         | 2026-11-28T12:15 tea
            3 pm tea                            | 2026-11-28T15:00 tea
            tomorrow tea                        | 2026-11-29T09:00 tea
            tomorrow 9:05 tea                   | 2026-11-29T09:05 tea
            tomorrow at 7 tea                   | 2026-11-29T07:00 tea
            tomorrow 9 lives of a cat           | 2026-11-29T09:00 9 lives of a cat
            today 15:00 tea                     | 2026-11-28T15:00 tea
            monday tea                          | 2026-11-30T09:00 tea
            on Monday at 9am tea                | 2026-11-30T09:00 tea
            next saturday 8:00 tea              | 2026-12-05T08:00 tea
            2027-01-31 tea                      | 2027-01-31T09:00 tea
            2027-01-31 at 18:45 tea             | 2027-01-31T18:45 tea
            """)
    void readsWhatPeopleWrite(String line, String expected) {
        assertThat(written(line)).isEqualTo(expected);
    }

    @Test
    void theTextMayBeLeftOut() {
        assertThat(written("in 5 minutes")).isEqualTo("2026-11-28T10:35:20 ");
        assertThat(written("tomorrow")).isEqualTo("2026-11-29T09:00 ");
    }

    @Test
    void aTimeThatTheClocksSkipIsMovedOn() {
        Instant before = Instant.parse("2027-03-27T12:00:00Z");
        assertThat(written("tomorrow 2:30 tea", before)).isEqualTo("2027-03-28T03:30 tea");
        assertThat(written("in 1 day tea", before)).as("the same time of day").isEqualTo("2027-03-28T13:00 tea");
        assertThat(written("in 24 hours tea", before)).isEqualTo("2027-03-28T14:00 tea");
    }

    @Test
    void ofTwoTimesWithTheSameNameTheEarlierOneCounts() {
        assertThat(of("2027-10-31T02:30", "Europe/Berlin")).isEqualTo("2027-10-31T00:30:00Z");
        assertThat(of("2027-03-28T02:30", "Europe/Berlin")).isEqualTo("2027-03-28T01:30:00Z");
    }

    @Test
    void readsMomentsAndLocalTimes() {
        assertThat(of("2026-11-28T12:00:00Z", null)).isEqualTo("2026-11-28T12:00:00Z");
        assertThat(of("2026-11-28T12:00:00.123456+02:00", null)).isEqualTo("2026-11-28T10:00:00.123Z");
        assertThat(of("2026-11-28T12:00", "America/New_York")).isEqualTo("2026-11-28T17:00:00Z");
        assertThat(of("2026-11-28T12:00", null)).contains("or a local time with a `zone`");
        assertThat(of("2026-11-28T12:00:00Z", "Europe/Berlin")).contains("must be a local time");
        assertThat(of("+999999999-01-01T00:00:00Z", null)).isEqualTo("The time must be at most a year ahead.");
        assertThat(of("2026-11-28T09:30:20Z", null)).isEqualTo("The time must be in the future.");
    }

    @Test
    void zonesAreThoseOfTheDatabase() {
        assertThat(When.zone("Europe/Berlin")).contains(BERLIN);
        assertThat(When.zone("Mars/Olympus")).isEmpty();
        assertThat(When.zone("")).isEmpty();
    }
}
