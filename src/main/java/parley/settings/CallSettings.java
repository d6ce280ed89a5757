package parley.settings;

import static parley.settings.Setting.number;
import static parley.settings.Setting.seconds;

import java.time.Duration;

/**
 * The bounds of calls.
 *
 * @param people the most participants of a call
 * @param grace how long a participant without a connection stays in the call
 */
public record CallSettings(int people, Duration grace) {

    static CallSettings read(Reading in) {
        return new CallSettings(
                in.read(number("parley.calls.people", 4, 2, 8, "people",
                        "The most people in a call. Everyone sends audio and video to everyone else, so each person more costs bandwidth "
                        + "and processor time on each device. A person with two devices counts twice. Joining a full call is refused as "
                        + "`conflict`.")),
                in.read(seconds("parley.calls.grace-seconds", 30, 1, 600,
                        "How long a person whose connection is lost stays in the call. Until then, the page continues from any instance. "
                        + "Then the person leaves the call, and a call without people ends.")));
    }
}
