package parley.people;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.audit.AuditEvent;
import parley.audit.AuditLog;
import parley.sql.Tables;

/** Who ended the access of a person, and who can give it back. */
class AccessListTest {

    private final Tables tables = new Tables();
    private final List<String> audited = new ArrayList<>();

    @BeforeEach
    void create() {
        tables.execute("create table access_ended (user_id varchar(255) primary key, ended_at bigint not null, ended_by varchar(255))",
                "create table person_head (id integer primary key, log_position bigint)",
                "insert into person_head (id, log_position) values (2, 0)");
    }

    private void on(Consumer<AccessList> work) {
        tables.run(running -> work.accept(with(with(new AccessList(), "em", running.em()), "audit", new AuditLog() {
            @Override
            public void write(List<AuditEvent> events) {
                events.forEach(event -> audited.add(event.actor() + " " + event.subject() + " " + event.detail()));
            }
        })));
    }

    private void sets(boolean allowed, String by) {
        on(list -> assertThat(list.set("alice", allowed, by, "")).isEmpty());
    }

    private void isEndedBy(String by) {
        on(list -> assertThat(list.isEndedBy("alice", by)).isTrue());
    }

    @Test
    void repeatingItChangesNothing() {
        sets(false, "carol");
        sets(false, "bob");
        isEndedBy("carol");
        sets(true, "bob");
        sets(true, "carol");
        on(list -> assertThat(list.has("alice")).isFalse());
        assertThat(audited).containsExactly("carol alice allowed=false", "bob alice allowed=true");
    }

    @Test
    void whatTheDirectoryEndedAnAdministratorCanEndToo() {
        sets(false, Access.DIRECTORY);
        sets(false, "carol");
        isEndedBy("carol");
        sets(false, Access.DIRECTORY);
        isEndedBy("carol");
        assertThat(audited).containsExactly("scim alice allowed=false", "carol alice allowed=false");
    }
}
