package parley.scim;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a request gives of a group. What is absent stays. */
public record GroupChange(Optional<String> displayName, Optional<String> externalId, List<Members> members) {

    static final GroupChange NONE = new GroupChange(Optional.empty(), Optional.empty(), List.of());

    /** A change of the members, by their ids. */
    public record Members(Kind kind, List<String> ids) {

        /** What happens with these members. */
        public enum Kind { ADD, REMOVE, REPLACE }
    }

    static GroupChange of(Members.Kind kind, List<String> ids) {
        return new GroupChange(Optional.empty(), Optional.empty(), List.of(new Members(kind, ids)));
    }

    /** This change, and then another one. */
    GroupChange and(GroupChange next) {
        List<Members> all = new ArrayList<>(members);
        all.addAll(next.members);
        return new GroupChange(next.displayName.or(() -> displayName), next.externalId.or(() -> externalId), all);
    }

    /** The members after this change. */
    Set<String> after(Set<String> before) {
        Set<String> after = new LinkedHashSet<>(before);
        for (Members change : members) {
            switch (change.kind()) {
                case ADD -> after.addAll(change.ids());
                case REMOVE -> change.ids().forEach(after::remove);
                case REPLACE -> {
                    after.clear();
                    after.addAll(change.ids());
                }
            }
        }
        return after;
    }
}
