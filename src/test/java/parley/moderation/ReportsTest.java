package parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.protocol.ErrorCode;
import parley.protocol.Message;
import parley.protocol.User;
import parley.sql.Tables;

/** Two requests at once of one person who reports messages. */
class ReportsTest {

    private static final User ALICE = new User("alice", "Alice");
    private static final User BOB = new User("bob", "Bob");

    private final Tables tables = new Tables();
    private final List<String> audited = new ArrayList<>();

    @BeforeEach
    void create() {
        tables.execute("create table person (id varchar(255) primary key)", "insert into person (id) values ('bob')",
                "create table lease (task varchar(50), node varchar(255), ends_at bigint)", "create table room (id varchar(64))");
        tables.migrate("V60__moderation.sql");
        tables.execute("alter table report add column rule_pattern varchar(500)");
    }

    private Reports.Outcome report(Tables.Running running, long offset) {
        ReportRows rows = with(with(new ReportRows(), "em", running.em()), "audit", new AuditLog() {
            @Override
            public void write(List<AuditEvent> events) {
                events.forEach(event -> audited.add(event.detail()));
            }
        });
        Message message = new Message(offset, ALICE, Instant.EPOCH, "text", "key", 0, false, List.of(), false, Optional.empty(), false,
                false, List.of(), Optional.empty(), List.of(), List.of());
        return with(new Reports(), "rows", rows).report(message, "plaza", BOB, Report.Reason.SPAM, "", "");
    }

    private void reports(Tables.Running running, long offset) {
        assertThat(report(running, offset)).isInstanceOf(Reports.Outcome.Done.class);
    }

    @Test
    void theSecondOneAboutAMessageGetsTheReportOfTheFirst() {
        List<Reports.Outcome> outcomes = new ArrayList<>();
        tables.runInTurns(first -> outcomes.add(report(first, 4)), second -> outcomes.add(report(second, 4)));
        assertThat(outcomes).hasSize(2).allSatisfy(outcome -> assertThat(id(outcome)).isEqualTo(id(outcomes.getFirst())));
        assertThat(audited).hasSize(1);
    }

    private static String id(Reports.Outcome outcome) {
        return ((Reports.Outcome.Done) outcome).report().id();
    }

    @Test
    void theyDontExceedTheMost() {
        tables.run(running -> {
            for (long offset = 1; offset < Reports.MOST; offset++) {
                reports(running, offset);
            }
        });
        tables.runInTurns(first -> reports(first, 100), second -> assertThat(report(second, 101)).isInstanceOfSatisfying(
                Reports.Outcome.Refused.class, refused -> assertThat(refused.problem().code()).isEqualTo(ErrorCode.RATE_LIMITED)));
        assertThat(tables.number("select count(*) from report")).isEqualTo(Reports.MOST);
    }
}
