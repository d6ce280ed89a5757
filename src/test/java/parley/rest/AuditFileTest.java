package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class AuditFileTest {

    private static final String AT = "2026-11-28T20:15:00.000Z";

    @Test
    void otherFormsAreUnknown() {
        assertThat(AuditFile.of("CSV")).isEmpty();
        assertThat(AuditFile.of("xml")).isEmpty();
        assertThat(AuditFile.of("jsonl")).contains(AuditFile.JSONL);
    }

    @Test
    void aTextThatLooksLikeAFormulaIsNone() {
        assertThat(AuditFile.CSV.text(List.of(entry("=1+1", "@sum", "-2")), false))
                .isEqualTo("1," + AT + ",room.closed,'=1+1,'@sum,,,'-2,1\r\n");
    }

    @Test
    void separatorsAndQuotesInATextAreQuoted() {
        assertThat(AuditFile.CSV.text(List.of(entry("a,b", "a\"b", "a\nb")), false))
                .isEqualTo("1," + AT + ",room.closed,\"a,b\",\"a\"\"b\",,,\"a\nb\",1\r\n");
    }

    @Test
    void onlyTheFirstPartHasTheNamesOfTheColumns() {
        assertThat(AuditFile.CSV.text(List.of(), true)).isEqualTo("id,at,action,actor,subject,room,address,detail,times\r\n");
        assertThat(AuditFile.CSV.text(List.of(), false)).isEmpty();
    }

    @Test
    void eachLineOfJsonIsAnEntryWithoutWhatIsUnknown() {
        assertThat(AuditFile.JSONL.text(List.of(entry("alice", null, "a\nb"), entry(null, "bob", null)), true)).isEqualTo("""
                {"id":"1","at":"%s","action":"room.closed","actor":"alice","detail":"a\\nb","times":1}
                {"id":"1","at":"%s","action":"room.closed","subject":"bob","times":1}
                """.formatted(AT, AT));
    }

    private static AuditResource.EntryBody entry(String actor, String subject, String detail) {
        return new AuditResource.EntryBody("1", AT, "room.closed", actor, subject, null, null, detail, 1);
    }
}
