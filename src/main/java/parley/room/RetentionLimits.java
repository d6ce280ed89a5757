package parley.room;

import java.util.Optional;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.settings.KeptDays;

/**
 * The retentions that rooms of this installation may have. A room that chose another one before the limits were set keeps its messages as
 * long as {@link #within} says.
 *
 * @param standard of a room whose creator chooses none
 * @param floor the shortest; {@link Retention#NONE} without a floor
 * @param ceiling the longest; {@link Retention#FOREVER} without a ceiling
 */
public record RetentionLimits(Retention standard, Retention floor, Retention ceiling) {

    /** Every retention is allowed. */
    public static final RetentionLimits NO_LIMITS = new RetentionLimits(Retention.FOREVER, Retention.NONE, Retention.FOREVER);

    /** The limits that the settings say. */
    public static RetentionLimits of(KeptDays days) {
        return new RetentionLimits(retention(days.standard()), retention(days.floor()), retention(days.ceiling()));
    }

    /** Refuses a retention that is not within the limits, and names the limit. */
    public Optional<Problem> refusing(Retention wanted) {
        if (isLonger(floor, wanted)) {
            return Optional.of(Problem.badRequest("`retention` must be at least " + floor.wire()
                    + ": rooms here keep messages that long."));
        }
        return isLonger(wanted, ceiling)
                ? Optional.of(Problem.badRequest("`retention` must be at most " + ceiling.wire() + ": rooms here keep no message longer."))
                : Optional.empty();
    }

    /** The retention that is in force for a room that chose this one. */
    public Retention within(Retention own) {
        return isLonger(floor, own) ? floor : isLonger(own, ceiling) ? ceiling : own;
    }

    /** Whether the ceiling ends what a room would keep forever. */
    public boolean endsAll() {
        return !ceiling.equals(Retention.FOREVER);
    }

    private static boolean isLonger(Retention one, Retention other) {
        return days(one) > days(other);
    }

    private static int days(Retention retention) {
        return retention.equals(Retention.FOREVER) ? KeptDays.ALL : retention.days();
    }

    private static Retention retention(int days) {
        return days == KeptDays.ALL ? Retention.FOREVER : new Retention(days);
    }
}
