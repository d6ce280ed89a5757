package parley.people;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import parley.identity.Caller;

/**
 * A sign-in, as the directory records it.
 *
 * @param issued when the token was issued, in milliseconds; an older token renames nobody
 * @param day the day of the sign-in, in days since 1970-01-01 UTC
 */
record SignIn(String id, String name, Optional<String> picture, long issued, long day) {

    static SignIn of(Caller caller, Instant now) {
        return new SignIn(caller.id(), caller.user().name(), caller.picture(), caller.issued().toEpochMilli(),
                now.atOffset(ZoneOffset.UTC).toLocalDate().toEpochDay());
    }

    /** Whether this sign-in changes nothing in the directory after an earlier one. */
    boolean repeats(SignIn earlier) {
        return day <= earlier.day && (sameAs(earlier) || issued < earlier.issued);
    }

    /** Whether it gives the person another name or picture than an earlier one. */
    boolean changes(SignIn earlier) {
        return issued >= earlier.issued && !sameAs(earlier);
    }

    private boolean sameAs(SignIn other) {
        return name.equals(other.name) && picture.equals(other.picture);
    }
}
