package parley.hub;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import parley.identity.Caller;
import parley.protocol.User;

/** A connection for tests of other packages, whose frames are read by hand. */
public final class AClient {

    private static final int MOST_BYTES = 1_000;

    private final StringBuilder written = new StringBuilder();
    private final List<Outbox> due = new ArrayList<>();
    private final Connection connection;

    /** A connection of this user, for which 1,000 bytes may wait. */
    public AClient(String user) {
        Caller caller = new Caller(new User(user, user), Set.of(), Instant.EPOCH, Instant.now().plusSeconds(600), "", "");
        Flusher flusher = new Flusher(delay -> { }) {
            @Override
            synchronized void add(Outbox outbox) {
                due.add(outbox);
            }
        };
        connection = new Connection(user, caller, "127.0.0.1", new Written(), flusher, MOST_BYTES, Heartbeat.begin(Duration.ofMinutes(1)),
                behind -> { }, null);
        connection.begin();
    }

    public Connection connection() {
        return connection;
    }

    /** The matches of a pattern in all that the client has read so far. */
    public List<String> read(Pattern pattern) {
        due.forEach(outbox -> {
            while (outbox.flush(new WriteBatch())) {
                // It has more.
            }
        });
        return pattern.matcher(written).results().map(match -> match.group(1)).toList();
    }

    private final class Written implements Wire {

        @Override
        public void begin(Runnable ready) {
            ready.run();
        }

        @Override
        public Taken send(byte[] frames, int count) {
            written.append(new String(frames, 0, count, StandardCharsets.UTF_8));
            return Taken.READY;
        }

        @Override
        public void end() {
            // Nothing more is read.
        }

        @Override
        public void abort() {
            end();
        }
    }
}
