package parley.imports;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What an import could not do, by reason: how often, and the first {@value #MOST_EXAMPLES} different examples of each. For one thread.
 */
final class Report {

    static final int MOST_EXAMPLES = 20;
    /** People are listed at greater length: the administrator has to map them. */
    static final int MOST_PEOPLE = 200;
    static final int LONGEST_EXAMPLE = 120;

    private static final JsonMapper JSON = new JsonMapper();

    /** How often something happened, and examples. */
    private static final class Entry {
        private long count;
        private final Set<String> examples = new LinkedHashSet<>();
    }

    private final Map<Why, Entry> entries = new EnumMap<>(Why.class);

    /** Counts it. */
    void add(Why why, String example) {
        Entry entry = entries.computeIfAbsent(why, first -> new Entry());
        entry.count++;
        if (entry.examples.size() < (why == Why.UNMAPPED_PERSON ? MOST_PEOPLE : MOST_EXAMPLES)) {
            entry.examples.add(Texts.shortened(example, LONGEST_EXAMPLE));
        }
    }

    /** How often it was counted. */
    long count(Why why) {
        Entry entry = entries.get(why);
        return entry == null ? 0 : entry.count;
    }

    /** The examples so far. */
    List<String> examples(Why why) {
        Entry entry = entries.get(why);
        return entry == null ? List.of() : new ArrayList<>(entry.examples);
    }

    /** All of it as a JSON array, in the order of the reasons. */
    String json() {
        ArrayNode all = JsonNodeFactory.instance.arrayNode();
        entries.forEach((why, entry) -> {
            ObjectNode one = all.addObject().put("why", why.wire()).put("text", why.text()).put("count", entry.count);
            ArrayNode examples = one.putArray("examples");
            entry.examples.forEach(examples::add);
        });
        return JSON.writeValueAsString(all);
    }
}
