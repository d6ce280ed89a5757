package parley.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.protocol.Codec;
import parley.protocol.Fields;
import parley.protocol.Problem;

class ProfileChangeTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "{'status':'away'} | `status` must be an object.", "{'status':{'text':''}} | `text` must not be empty.",
        "{'status':{'text':'x','emoji':'no'}} | `emoji` must be one emoji.",
        "{'status':{'text':'x','until':'2030-01-01T12:00:00Z'}} | `until` must be in the future.",
        "{'status':{'text':'x','end':1}} | Unknown field `end`.", "{'availability':'here'} | `availability` must be auto, away or busy.",
        "{'receipts':'yes'} | `receipts` must be true or false.",
        "{'quiet':{'from':'25:00','to':'07:00','zone':'Europe/Berlin'}} | `from` must be a time of day such as 20:00.",
        "{'quiet':{'from':'07:00','to':'07:00','zone':'Europe/Berlin'}} | `from` and `to` must be different.",
        "{'quiet':{'from':'20:00','to':'07:00','zone':'+01:00'}} | `zone` must be a time zone such as Europe/Berlin.",
        "{'keywords':['']} | `keywords` has an entry that is not a string of 1 to 50 characters.",
        "{'name':'Bob'} | Unknown field `name`."})
    void aRefusalNamesTheField(String body, String message) {
        Fields fields = fields(body);
        ProfileChange.of(fields, NOW);
        assertThat(fields.problem().map(Problem::message)).contains(message);
    }

    @Test
    void absentFieldsStayAndNullRemoves() {
        assertThat(change("{}")).isEqualTo(new ProfileChange(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty()));
        assertThat(change("{'status':null,'quiet':null,'keywords':[]}")).isEqualTo(new ProfileChange(Optional.of(Optional.empty()),
                Optional.empty(), Optional.empty(), Optional.of(Optional.empty()), Optional.of(List.of())));
    }

    @Test
    void everyFieldIsRead() {
        assertThat(change("{'status':{'text':'At lunch','emoji':'\ud83c\udf5c','until':'2030-01-01T13:00:00Z'},'availability':'busy',"
                + "'receipts':false,'quiet':{'from':'20:00','to':'07:30','zone':'Europe/Berlin'},'keywords':['release','release','ops']}"))
                .isEqualTo(new ProfileChange(
                        Optional.of(Optional.of(new Status("At lunch", Optional.of("\ud83c\udf5c"), Optional.of(NOW.plusSeconds(3_600))))),
                        Optional.of(Availability.BUSY), Optional.of(false),
                        Optional.of(Optional.of(new QuietHours(LocalTime.of(20, 0), LocalTime.of(7, 30), ZoneId.of("Europe/Berlin")))),
                        Optional.of(List.of("release", "ops"))));
    }

    @Test
    void aStatusEndsAtItsTime() {
        Status status = new Status("At lunch", Optional.empty(), Optional.of(NOW));
        assertThat(status.holds(NOW.minusMillis(1))).isTrue();
        assertThat(status.holds(NOW)).isFalse();
    }

    private static ProfileChange change(String body) {
        Fields fields = fields(body);
        ProfileChange change = ProfileChange.of(fields, NOW);
        assertThat(fields.problem()).isEmpty();
        return change;
    }

    private static Fields fields(String body) {
        return Codec.fields(body.replace('\'', '"')).orElseThrow();
    }
}
