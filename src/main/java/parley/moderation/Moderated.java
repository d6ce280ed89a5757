package parley.moderation;

import java.util.List;
import parley.identity.Actor;

/**
 * Which rows a person may work on: administrators on all, owners and moderators on those of their rooms, except for those about their own
 * messages.
 */
final class Moderated {

    private Moderated() {
    }

    /**
     * More of the condition of a query; empty for administrators.
     *
     * @param table has the columns {@code room} and {@code author}
     * @param arguments those of the query so far; the ones of this condition are added
     */
    static String by(Actor by, String table, List<Object> arguments) {
        if (by.administrator()) {
            return "";
        }
        arguments.addAll(List.of(by.id(), by.id()));
        return " and author <> ? and exists (select 1 from membership m where m.room = " + table + ".room and m.user_id = ? "
                + "and m.role in ('owner', 'moderator'))";
    }
}
