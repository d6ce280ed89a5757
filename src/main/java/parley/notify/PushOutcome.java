package parley.notify;

import java.time.Duration;
import java.time.Instant;

/** What happens to a push job after it was looked at or tried. Pure. */
sealed interface PushOutcome {

    /** The most attempts to send a job. */
    int MOST_ATTEMPTS = 6;
    /** A person without a connection for this long has no visible page. */
    Duration ABSENT = Duration.ofSeconds(10);
    /** A connection that lasts this much longer than the notification has shown it: a dead one would have been closed by then. */
    Duration SHOWN = Duration.ofSeconds(60);
    /** A job that could not be sent for this long is dropped. */
    Duration LONGEST = Duration.ofHours(24);

    /** The push service took it. */
    record Sent() implements PushOutcome {}

    /** It is not needed, or can't be sent. */
    record Dropped(String why) implements PushOutcome {}

    /** The push service does not know the browser any more. */
    record Gone() implements PushOutcome {}

    /** It is tried again at this time. */
    record Later(Instant due, int attempts) implements PushOutcome {}

    /** After an answer of the push service. */
    static PushOutcome of(PushConnection.Answer answer, PushRows.Job job, Instant now) {
        if (answer.status() / 100 == 2) {
            return new Sent();
        }
        if (answer.status() == 404 || answer.status() == 410) {
            return new Gone();
        }
        return answer.status() == 429 || answer.status() / 100 == 5 ? again(job, answer.retryAfter(), now) : new Dropped("refused");
    }

    /** After the push service could not be reached. */
    static PushOutcome unreachable(PushRows.Job job, Instant now) {
        return again(job, Duration.ZERO, now);
    }

    /** Of a job that must wait because the person is or was connected a moment ago. */
    static PushOutcome present(PushRows.Job job, Instant now) {
        return job.created().plus(SHOWN).isBefore(now) ? new Dropped("shown") : new Later(now.plus(ABSENT.dividedBy(2)), job.attempts());
    }

    // 5, 25, 125 … seconds, or what the service asks for.
    private static PushOutcome again(PushRows.Job job, Duration retryAfter, Instant now) {
        int attempts = job.attempts() + 1;
        if (attempts >= MOST_ATTEMPTS || job.created().plus(LONGEST).isBefore(now)) {
            return new Dropped("failed");
        }
        Duration backoff = Duration.ofSeconds((long) Math.pow(5, attempts));
        Duration wait = retryAfter.compareTo(backoff) > 0 ? retryAfter : backoff;
        return new Later(now.plus(wait.compareTo(LONGEST) < 0 ? wait : LONGEST), attempts);
    }
}
