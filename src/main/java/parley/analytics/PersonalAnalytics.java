package parley.analytics;

import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Who was active on a day that is not counted yet, as hashes. */
@ApplicationScoped
class PersonalAnalytics implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                stays("analytics_day", "people", "It is a number."),
                stays("analytics_person", "person", "It is a hash of 64 bits, until the day is counted."));
    }
}
