package parley.hub;

import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/** All flushers of this node. */
final class Flushers {

    private final List<Flusher> all;

    Flushers(int count, LongConsumer delay) {
        all = Stream.generate(() -> new Flusher(delay)).limit(count).toList();
    }

    /** Their threads, not started. */
    List<Thread> threads(ThreadFactory factory) {
        return all.stream().map(factory::newThread).toList();
    }

    /** The flusher of a session's connection; always the same. */
    Flusher of(String session) {
        return all.get(Math.floorMod(session.hashCode(), all.size()));
    }

    /** Has whatever is due flushed now. */
    void wake() {
        all.forEach(Flusher::wake);
    }
}
