package parley.settings;

import static parley.settings.Setting.flag;
import static parley.settings.Setting.minutes;
import static parley.settings.Setting.seconds;

import java.time.Duration;

/**
 * Evidence that the logs were not changed.
 *
 * @param isOn whether events are sealed
 * @param sealEvery the time between two runs of sealing
 * @param rootEvery the time between two roots
 */
public record EvidenceSettings(boolean isOn, Duration sealEvery, Duration rootEvery) {

    static EvidenceSettings read(Reading in) {
        return new EvidenceSettings(
                in.read(flag("parley.evidence", true, "on", "off",
                        "Whether each room's log carries a [chain of hashes](evidence.md). With `off`, later changes of new events can't be "
                        + "noticed.")),
                in.read(seconds("parley.evidence.seal-seconds", 10, 1, 3_600,
                        "After this time, new events are sealed: from then on, the verifier notices a change.")),
                in.read(minutes("parley.evidence.root-minutes", 60, 1, 10_080,
                        "Time between two signed roots, which are in the server log and at `parley.jms.evidence`.")));
    }
}
