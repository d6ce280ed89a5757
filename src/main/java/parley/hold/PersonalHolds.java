package parley.hold;

import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** Legal holds keep what they cover, with names. An erasure changes nothing in them. */
@ApplicationScoped
class PersonalHolds implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(
                stays("legal_hold", "name", "A legal hold stays as it was made."),
                stays("legal_hold", "made_by", "A legal hold stays as it was made."),
                stays("legal_hold", "made_by_name", "A legal hold stays as it was made."),
                stays("legal_hold", "released_by", "A legal hold stays as it was made."),
                stays("legal_hold", "released_by_name", "A legal hold stays as it was made."),
                stays("hold_term", "term", "A legal hold stays as it was made."),
                stays("held_event", "actor", "A hold keeps it until it is released."),
                stays("held_event", "frame", "A hold keeps it until it is released."),
                stays("held_event", "removed_by", "A hold keeps it until it is released."),
                stays("file_held", "owner", "A hold keeps it until it is released."),
                stays("file_held", "name", "A hold keeps it until it is released."),
                stays("file_held", "type", "A hold keeps it until it is released."));
    }
}
