package parley.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What an audit event keeps of long arguments. */
class AuditEventTest {

    private static String kept(String detail) {
        return new AuditEvent(Instant.EPOCH, "announcement.made", "carol", null, null, null, detail, 1).detail();
    }

    @Test
    void aLongDetailIsCut() {
        assertThat(kept("a".repeat(AuditEvent.LONGEST_DETAIL))).hasSize(AuditEvent.LONGEST_DETAIL);
        assertThat(kept("a".repeat(AuditEvent.LONGEST_DETAIL + 1))).hasSize(AuditEvent.LONGEST_DETAIL);
    }

    @Test
    void aCharacterIsNotCutInHalves() {
        String fits = "a".repeat(AuditEvent.LONGEST_DETAIL - 2) + "😀";
        assertThat(kept(fits + "b")).isEqualTo(fits);
        assertThat(kept("a" + fits)).isEqualTo("a".repeat(AuditEvent.LONGEST_DETAIL - 1));
    }
}
