package parley.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuietHoursTest {

    @ParameterizedTest
    @CsvSource({
        "20:00, 07:00, 2030-01-01T18:59:00Z, false", "20:00, 07:00, 2030-01-01T19:00:00Z, true",
        "20:00, 07:00, 2030-01-02T05:59:00Z, true",
        "20:00, 07:00, 2030-01-02T06:00:00Z, false", "12:00, 13:00, 2030-01-01T11:30:00Z, true",
        "12:00, 13:00, 2030-01-01T12:00:00Z, false",
        "12:00, 13:00, 2030-07-01T10:30:00Z, true"})
    void theyAreThoseOfTheTimeZone(String from, String to, Instant time, boolean quiet) {
        QuietHours hours = new QuietHours(LocalTime.parse(from), LocalTime.parse(to), ZoneId.of("Europe/Berlin"));
        assertThat(hours.contain(time)).isEqualTo(quiet);
    }
}
