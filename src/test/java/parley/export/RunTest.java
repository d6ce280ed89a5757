package parley.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import parley.lease.LeasedWork;
import parley.protocol.User;

/** What bounds and ends the work on an export. */
class RunTest implements Run.Store {

    private static final long LONG_AFTER = 1_000_000_000L;

    private final List<Integer> parts = new ArrayList<>();
    private boolean cancelled;
    private boolean mayGoOn = true;
    private long now;

    @Override
    public void addPart(int file, int part, byte[] compressed) {
        parts.add(compressed.length);
    }

    @Override
    public void add(ExportedFile file) {
        assertThat(file.path()).isEqualTo("a");
    }

    @Override
    public boolean progress(long stored) {
        return cancelled;
    }

    private Run run(long most) {
        ExportRequest request = ExportRequest.ownOf("alice", Instant.EPOCH);
        ExportJob job = new ExportJob("1", request, new User("alice", "Alice"), Instant.EPOCH, ExportJob.State.RUNNING, false,
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 1, 0, 0, 5, 0, 0,
                Optional.empty());
        return new Run(job, this, () -> mayGoOn, () -> now, 10, most);
    }

    private static void writesRandom(Run run) {
        byte[] bytes = new byte[1_000];
        new Random(1).nextBytes(bytes);
        FileWriter file = run.file("a");
        file.write(bytes);
        file.complete();
    }

    @Test
    void oneByteTooManyIsTheEnd() {
        Run enough = run(10_000);
        writesRandom(enough);
        Run tooSmall = run(enough.stored() - 1);
        assertThatThrownBy(() -> writesRandom(tooSmall)).isInstanceOf(Run.Impossible.class)
                .hasMessageContaining("parley.exports.mebibytes");
        assertThat(parts).hasSize(1);
        writesRandom(run(enough.stored()));
        assertThat(parts).hasSize(2);
    }

    @Test
    void itEndsSoonAfterItIsCancelledOrGivenToAnother() {
        Run run = run(10_000);
        cancelled = true;
        run.look();
        now += LONG_AFTER;
        assertThatThrownBy(run::look).isInstanceOf(Run.Cancelled.class);
        mayGoOn = false;
        now += LONG_AFTER;
        assertThatThrownBy(run::look).isInstanceOf(LeasedWork.Interrupted.class);
    }

    @Test
    void itGoesOnBehindTheLastCompleteRoom() {
        Run run = run(10_000);
        run.file("a");
        assertThat(run.nextFile()).isEqualTo(6);
    }

    @Test
    void aRequestIsWhatItsJsonSays() {
        ExportRequest request = new ExportRequest(false, Optional.of("a\"b"), List.of("r", "s"), Optional.of(Instant.ofEpochMilli(1)),
                Instant.ofEpochMilli(2), true, false, true, false);
        assertThat(ExportRequest.of(request.json().toString())).isEqualTo(request);
        assertThat(request.covers(Instant.ofEpochMilli(0))).isTrue();
        assertThat(request.covers(Instant.ofEpochMilli(2))).isFalse();
        ExportRequest span = new ExportRequest(false, Optional.empty(), List.of(), Optional.of(Instant.ofEpochMilli(1)),
                Instant.ofEpochMilli(2), false, false, false, true);
        assertThat(ExportRequest.of(span.json().toString())).isEqualTo(span);
        assertThat(span.covers(Instant.ofEpochMilli(0))).isFalse();
        assertThat(span.covers(Instant.ofEpochMilli(1))).isTrue();
    }
}
