package parley.people;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** What people chose for themselves. Each call waits for the database; not for a thread that serves sockets. */
@ApplicationScoped
public class Preferences {

    @Inject
    private Profiles profiles;

    /** What this person chose; {@link Preference#USUAL} for a person who chose nothing or has never signed in. */
    public Preference of(String id) {
        return profiles.preference(id);
    }
}
