package parley.bus;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PresencePartsTest {

    private final Map<String, List<String>> users = new LinkedHashMap<>();

    @Test
    void aRoomWithoutUsersIsInAPart() {
        users.put("plaza", List.of());
        assertThat(PresenceParts.of(users)).containsExactly(new PresenceParts(false, users));
    }

    @Test
    void aLargeRoomContinuesInTheNextPart() {
        users.put("small", people(1));
        users.put("large", people(2 * PresenceParts.MOST_USERS));
        users.put("last", people(1));
        List<PresenceParts> parts = PresenceParts.of(users);
        assertThat(parts).extracting(PresenceParts::continues).containsExactly(false, true, true);
        assertThat(parts).extracting(part -> List.copyOf(part.users().keySet()))
                .containsExactly(List.of("small", "large"), List.of("large"), List.of("large", "last"));
        assertThat(parts).allSatisfy(part -> assertThat(part.users().values().stream().mapToInt(List::size).sum())
                .isLessThanOrEqualTo(PresenceParts.MOST_USERS));
        assertThat(parts.stream().flatMap(part -> part.users().getOrDefault("large", List.of()).stream()))
                .containsExactlyElementsOf(users.get("large"));
    }

    @Test
    void aFullPartIsNotContinuedByAnotherRoom() {
        users.put("full", people(PresenceParts.MOST_USERS));
        users.put("next", people(1));
        assertThat(PresenceParts.of(users)).extracting(PresenceParts::continues).containsExactly(false, false);
    }

    private static List<String> people(int count) {
        return IntStream.range(0, count).mapToObj(i -> "user-" + i).toList();
    }
}
