package parley.message;

import java.util.List;
import java.util.stream.Stream;
import parley.protocol.Message;

/** The first people who did something, each once. */
final class People {

    private People() {
    }

    /** These and another one, if there is a place left. */
    static List<String> with(List<String> first, String another) {
        return first.size() >= Message.MOST_NAMED || first.contains(another) ? first
                : Stream.concat(first.stream(), Stream.of(another)).toList();
    }
}
