package parley.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PostKeyTest {

    private static final PostKey KEY = new PostKey("room", "alice", "key");

    @Test
    void eachPartChangesTheHash() {
        assertThat(List.of(new PostKey("room2", "alice", "key"), new PostKey("room", "bob", "key"), new PostKey("room", "alice", "other"),
                new PostKey("room", "alic", "ekey"))).extracting(PostKey::hash).doesNotContain(KEY.hash()).doesNotHaveDuplicates();
    }

    @Test
    void hashIsTheOneInStoredRows() {
        assertThat(KEY.hash()).as("the first 8 bytes of the SHA-256 of the lines room, alice, key").isEqualTo(-2102198712019635737L);
    }
}
