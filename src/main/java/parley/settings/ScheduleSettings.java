package parley.settings;

import static parley.settings.Setting.number;

/**
 * What people may leave for later.
 *
 * @param perPerson the most scheduled messages of a person, and the most reminders
 */
public record ScheduleSettings(int perPerson) {

    static ScheduleSettings read(Reading in) {
        return new ScheduleSettings(in.read(number("parley.schedule.per-person", 100, 1, 1_000, "entries",
                "The most scheduled messages of a person, and the most reminders. Adding a further one is refused as `conflict`.")));
    }
}
