package parley.bus;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The lives of other instances: which of them are heard, and up to which of their messages. A message that was recorded
 * is as well sealed as when it was sent. So of each life only messages of growing numbers are taken, and none before that
 * life has answered a question that it was not asked before: an instance that has ended can't. Safe for every thread.
 */
final class Incarnations {

    /** After how long a silent life is taken for ended, in nanoseconds. */
    static final long LONGEST_SILENCE = TimeUnit.SECONDS.toNanos(12);
    /** How long an unknown life has to answer, in nanoseconds. */
    static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(5);
    /** How many unknown lives are asked at a time. While they are, what others say is refused, and the log tells it. */
    static final int MOST_ASKED = 64;

    /** What to do with a message. */
    enum Verdict {
        /** It is new, and its sender lives. */
        TAKEN,
        /** The same, and it is the first of its sender. */
        FIRST,
        /** Its sender was not heard before, and is to be asked. */
        MET,
        /** Its sender has yet to answer; until then the log tells what it says. */
        ASKED,
        REPLAYED,
        CROWDED
    }

    private static final class Life {
        private final UUID question;
        private final long since;
        private boolean answered;
        private long heardAt;
        private long number;
        private int ignored;

        private Life(UUID question, long since) {
            this.question = question;
            this.since = since;
        }
    }

    private final UUID self;
    private final Supplier<UUID> questions;
    private final Map<UUID, Life> incarnations = new HashMap<>();

    /** @param questions gives one that never was before */
    Incarnations(UUID self, Supplier<UUID> questions) {
        this.self = self;
        this.questions = questions;
    }

    /** Takes note of a message of another life. */
    synchronized Verdict hear(UUID sender, long number, List<Packet> packets, long now) {
        Life life = incarnations.get(sender);
        if (life == null) {
            return meet(sender, number, now);
        }
        if (number <= life.number) {
            return Verdict.REPLAYED;
        }
        life.number = number;
        life.heardAt = now;
        if (life.answered) {
            return Verdict.TAKEN;
        }
        life.answered = packets.contains(new Packet.Answer(self, life.question));
        life.ignored++;
        return life.answered ? Verdict.FIRST : Verdict.ASKED;
    }

    private Verdict meet(UUID sender, long number, long now) {
        if (asked() >= MOST_ASKED) {
            return Verdict.CROWDED;
        }
        Life life = new Life(questions.get(), now);
        life.number = number;
        life.ignored = 1;
        incarnations.put(sender, life);
        return Verdict.MET;
    }

    /** What this life is asked, which was met just now. */
    synchronized Packet question(UUID life) {
        return new Packet.Question(life, incarnations.get(life).question);
    }

    /** What those that have yet to answer are asked. */
    synchronized List<Packet> questions() {
        List<Packet> questions = new ArrayList<>();
        incarnations.forEach((id, life) -> {
            if (!life.answered) {
                questions.add(new Packet.Question(id, life.question));
            }
        });
        return questions;
    }

    /** Forgets a life that said that it ends. */
    synchronized void left(UUID life) {
        incarnations.remove(life);
    }

    /** Forgets those that did not answer in time; returns how many of their messages were ignored. */
    synchronized int unanswered(long now) {
        int ignored = 0;
        for (var each = incarnations.values().iterator(); each.hasNext();) {
            Life life = each.next();
            if (!life.answered && now - life.since > LONGEST_WAIT) {
                ignored += life.ignored;
                each.remove();
            }
        }
        return ignored;
    }

    /** Forgets those that are silent for too long; returns which. */
    synchronized List<UUID> silent(long now) {
        List<UUID> gone = incarnations.entrySet().stream().filter(one -> one.getValue().answered && now - one.getValue().heardAt > LONGEST_SILENCE)
                .map(Map.Entry::getKey).toList();
        gone.forEach(incarnations::remove);
        return gone;
    }

    private long asked() {
        return incarnations.values().stream().filter(life -> !life.answered).count();
    }
}
