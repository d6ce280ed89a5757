package parley.hook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import parley.protocol.Change;
import parley.protocol.RoomChange;

/** Hooks may choose every type of event that the log has, except the end of the room. */
class EventTypesTest {

    private static Stream<Class<?>> changes(Class<?> family) {
        return family.isSealed() ? Stream.of(family.getPermittedSubclasses()).flatMap(EventTypesTest::changes) : Stream.of(family);
    }

    @Test
    void everyTypeCanBeChosen() {
        Set<String> types = changes(Change.class).map(change -> {
            try {
                return (String) change.getField("TYPE").get(null);
            } catch (ReflectiveOperationException missing) {
                throw new AssertionError(missing);
            }
        }).filter(type -> !type.equals(RoomChange.Closed.TYPE)).collect(Collectors.toSet());
        assertThat(EventTypes.ALL).isEqualTo(types);
    }
}
