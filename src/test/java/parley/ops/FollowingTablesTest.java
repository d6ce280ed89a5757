package parley.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;
import parley.sql.Followed;

class FollowingTablesTest {

    private final List<Long> taken = new ArrayList<>();

    @Test
    void passesEachItsHead() {
        FollowingTables.follow(List.of(followed(taken::add), followed(head -> taken.add(-head))), List.of(3L, 5L));
        assertThat(taken).containsExactly(3L, -5L);
    }

    @Test
    void oneThatFailsStopsNoOther() {
        IllegalStateException first = new IllegalStateException("first");
        IllegalStateException second = new IllegalStateException("second");
        List<Followed> all = List.of(followed(head -> fail(first)), followed(taken::add), followed(head -> fail(second)));
        assertThatThrownBy(() -> FollowingTables.follow(all, List.of(1L, 2L, 3L))).isSameAs(first).hasSuppressedException(second);
        assertThat(taken).containsExactly(2L);
    }

    private static void fail(RuntimeException why) {
        throw why;
    }

    private static Followed followed(LongConsumer consumer) {
        return new Followed() {
            @Override
            public String headQuery() {
                return "select 1";
            }

            @Override
            public void catchUp(long head) {
                consumer.accept(head);
            }
        };
    }
}
