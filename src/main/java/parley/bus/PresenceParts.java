package parley.bus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits the online users of rooms into parts of a bounded size. A large room spans several parts; small rooms share one.
 *
 * @param continues whether the first room is the last one of the part before
 * @param users the online users by room, in order
 */
record PresenceParts(boolean continues, Map<String, List<String>> users) {

    /** The most users of a part. */
    static final int MOST_USERS = 1_000;

    /** At least one part. A room without users is in one too. */
    static List<PresenceParts> of(Map<String, List<String>> users) {
        List<PresenceParts> parts = new ArrayList<>();
        Map<String, List<String>> part = new LinkedHashMap<>();
        boolean continues = false;
        int count = 0;
        for (Map.Entry<String, List<String>> room : users.entrySet()) {
            List<String> rest = room.getValue();
            while (count + rest.size() > MOST_USERS) {
                int fitting = MOST_USERS - count;
                if (fitting > 0) {
                    part.put(room.getKey(), rest.subList(0, fitting));
                    rest = rest.subList(fitting, rest.size());
                }
                parts.add(new PresenceParts(continues, part));
                continues = fitting > 0;
                part = new LinkedHashMap<>();
                count = 0;
            }
            part.put(room.getKey(), rest);
            count += rest.size();
        }
        parts.add(new PresenceParts(continues, part));
        return parts;
    }
}
