package parley.analytics;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import parley.settings.Settings;

/** The days, for administrators. Calls wait for the database. */
@ApplicationScoped
public class Analytics {

    @Inject
    private Settings settings;
    @Inject
    private AnalyticsTables tables;

    /** The days that were counted and are kept, the earliest first. A day with too few active people is absent. */
    public List<Day> days() {
        long today = RoomFold.dayOf(Instant.now().toEpochMilli());
        return tables.days(today - settings.analytics().kept(), settings.analytics().smallestGroup());
    }

    /** The fewest people whom a number may be about. */
    public int smallestGroup() {
        return settings.analytics().smallestGroup();
    }
}
