package parley.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Reads settings from one configuration and records their declarations by topic, in the order of reading. For one thread. */
final class Reading {

    private final Function<String, Optional<String>> config;
    private final Map<String, List<Setting<?>>> topics = new LinkedHashMap<>();
    private List<Setting<?>> topic;

    Reading(Function<String, Optional<String>> config) {
        this.config = config;
    }

    /** Starts a topic, which is a heading of the settings page. */
    Reading topic(String title) {
        topic = topics.computeIfAbsent(title, added -> new ArrayList<>());
        return this;
    }

    /** Reads one setting; throws as {@link Setting#read} does. */
    <T> T read(Setting<T> setting) {
        topic.add(setting);
        return setting.read(config);
    }

    Map<String, List<Setting<?>>> topics() {
        return topics;
    }
}
