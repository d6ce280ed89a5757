package parley.evidence;

import static parley.personal.PersonalColumn.stays;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import parley.personal.PersonalColumn;
import parley.personal.PersonalData;

/** What evidence has of people: nothing but salted hashes, whose salts go with the text. */
@ApplicationScoped
class PersonalEvidence implements PersonalData {

    @Override
    public List<PersonalColumn> columns() {
        return List.of(stays("evidence_link", "offsets", "They are numbers."),
                stays("evidence_link", "leaves", "They are hashes with a salt that is deleted with the text."),
                stays("evidence_link", "openings", "They change with the text."),
                stays("evidence_key", "public_key", "It is a key."),
                stays("evidence_key", "private_key", "It is a key."),
                stays("evidence_root", "line", "It has numbers and hashes."));
    }
}
