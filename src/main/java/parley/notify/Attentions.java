package parley.notify;

import java.util.Collection;
import java.util.Map;
import parley.people.NotificationChoices.ChangedKeywords;

/** Reads what people chose. Each call reads with a fixed number of queries, in the running transaction. */
interface Attentions {

    /** A person in a room. */
    record Place(String room, String person) {}

    /**
     * The attention of people in rooms. People who chose nothing may be left out: {@link Attention#USUAL} applies to them.
     *
     * @param authors ids of the people whose acts may notify them
     */
    Map<Place, Attention> of(Collection<Place> places, Collection<String> authors);

    /** The keywords that changed after a position; those of all people after a negative one. */
    ChangedKeywords keywordsAfter(long position);
}
