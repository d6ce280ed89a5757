package parley.notify;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import parley.people.Access;
import parley.people.Availability;
import parley.people.NotificationChoices;
import parley.people.Preference;
import parley.protocol.Level;
import parley.reading.Levels;
import parley.reading.PersonInRoom;

/** The attention that people chose in their profile and for their rooms. */
@ApplicationScoped
class ChosenAttention implements Attentions {

    @Inject
    private NotificationChoices choices;
    @Inject
    private Access access;
    @Inject
    private Levels levels;

    @Override
    public Map<Place, Attention> of(Collection<Place> places, Collection<String> authors) {
        Set<String> people = places.stream().map(Place::person).collect(Collectors.toCollection(HashSet::new));
        Map<String, Preference> preferences = choices.preferences(people);
        Map<String, Set<String>> blocks = choices.blocks(people, authors);
        Map<PersonInRoom, Level> chosenLevels = levels.of(places.stream()
                .map(place -> new PersonInRoom(place.person(), place.room())).toList());
        Map<Place, Attention> chosen = new HashMap<>();
        for (Place place : places) {
            Preference preference = preferences.getOrDefault(place.person(), Preference.USUAL);
            chosen.put(place, new Attention(Optional.ofNullable(chosenLevels.get(new PersonInRoom(place.person(), place.room()))),
                    isSilent(place.person(), preference), preference.quiet(),
                    blocks.getOrDefault(place.person(), Set.of())));
        }
        return chosen;
    }

    // Whose access an administrator ended can't read what notifies.
    private boolean isSilent(String person, Preference preference) {
        return preference.availability() == Availability.BUSY || access.refusal(person).isPresent();
    }

    @Override
    public NotificationChoices.ChangedKeywords keywordsAfter(long position) {
        return choices.keywordsAfter(position);
    }
}
