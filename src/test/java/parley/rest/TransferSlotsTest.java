package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import parley.protocol.ErrorCode;
import parley.threads.RunByHand;

/** The bounds of uploads and downloads: eight threads. */
class TransferSlotsTest {

    private final List<Runnable> tasks = new ArrayList<>();
    private boolean full;
    private final TransferSlots slots = new TransferSlots(new Later(), 8);

    /** Runs tasks when it is told to. */
    private final class Later extends RunByHand {

        @Override
        public void execute(Runnable task) {
            if (full) {
                throw new RejectedExecutionException("planted");
            }
            tasks.add(task);
        }
    }

    @Test
    void aPersonGetsAQuarterOfTheThreads() {
        assertThat(slots.take("alice")).isPresent();
        assertThat(slots.take("alice")).isPresent();
        assertThat(slots.take("alice")).isEmpty();
        assertThat(slots.refusal("alice").code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(slots.take("bob")).isPresent();
    }

    @Test
    void asManyWaitAsThereAreThreads() {
        assertThat(IntStream.range(0, 16).mapToObj(n -> slots.take("user" + n))).allMatch(Optional::isPresent);
        assertThat(slots.take("one more")).isEmpty();
        assertThat(slots.refusal("one more").code()).isEqualTo(ErrorCode.UNAVAILABLE);
    }

    @Test
    void aTaskFreesItsSlotAlsoIfItFails() {
        slots.take("alice").orElseThrow().execute(() -> { });
        slots.take("alice").orElseThrow().execute(() -> {
            throw new IllegalStateException("planted");
        });
        assertThat(slots.inUse()).isEqualTo(2);
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (IllegalStateException planted) {
                assertThat(planted).hasMessage("planted");
            }
        }
        assertThat(slots.inUse()).isZero();
        TransferSlots.Slot slot = slots.take("alice").orElseThrow();
        slot.free();
        slot.free();
        assertThat(slots.inUse()).isZero();
    }

    @Test
    void aTaskThatFindsNoThreadFreesItsSlot() {
        full = true;
        TransferSlots.Slot slot = slots.take("alice").orElseThrow();
        assertThatThrownBy(() -> slot.execute(() -> { })).isInstanceOf(RejectedExecutionException.class);
        assertThat(slots.inUse()).isZero();
    }
}
