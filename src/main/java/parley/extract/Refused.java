package parley.extract;

import java.io.IOException;

/** The file is not read any further. */
final class Refused extends IOException {

    private static final long serialVersionUID = 1;

    private final Outcome outcome;

    Refused(Outcome outcome) {
        super(outcome.name());
        this.outcome = outcome;
    }

    Outcome outcome() {
        return outcome;
    }
}
