package parley.people;

import static org.assertj.core.api.Assertions.assertThat;
import static parley.Injected.with;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import parley.sql.Tables;

class DirectoryTest {

    private final Tables tables = new Tables();

    @BeforeEach
    void create() {
        tables.execute("create table membership (user_id varchar(255), user_name varchar(200))");
        tables.migrate("V24__people.sql");
        tables.migrate("V64__installation.sql");
        tables.execute("insert into person (id, name, token_issued, seen_day) values ('alice', 'Alice', 1, 1)",
                "insert into person (id, name, token_issued, seen_day) values ('bob', 'Bob', 1, 1)");
    }

    @Test
    void twoInstancesThatRenameOnePersonAndMeetAnotherDontWaitForEachOther() throws Exception {
        try (Tables.Running other = tables.begin()) {
            other.execute("update person set seen_day = 2 where id = 'bob'");
            CompletableFuture<Void> writing = tables.runBeside(running ->
                    directory(running).write(List.of(signIn("bob", "Bob"), signIn("alice", "Alicia"))));
            tables.awaitBlocked();
            // The other instance renames someone too.
            PersonHead.NAMES.next(other.em());
            other.commit();
            writing.get(10, TimeUnit.SECONDS);
        }
        assertThat(tables.number("select count(*) from person where id = 'alice' and name = 'Alicia' and renamed = 2")).isOne();
        assertThat(tables.number("select count(*) from person_word where user_id = 'alice'")).as("alicia, alice").isEqualTo(2);
        assertThat(tables.number("select count(*) from person where id = 'bob' and seen_day = 3")).isOne();
    }

    @Test
    void peopleHaveToJoinTheDefaultRoomsAtTheirFirstSignInAlone() throws Exception {
        tables.execute("insert into default_room (room, added_by, added_at) values ('general', 'carol', 1)",
                "insert into default_room (room, added_by, added_at) values ('help', 'carol', 1)");
        SignIn introduced = new SignIn("dora", "Dora", Optional.empty(), 0, 0);
        tables.runBeside(running -> directory(running).write(List.of(signIn("bob", "Bob"), signIn("service:bot", "Bot"), introduced)))
                .get(10, TimeUnit.SECONDS);
        assertThat(tables.number("select count(*) from default_room_due")).as("nobody is new").isZero();

        for (int i = 0; i < 2; i++) {
            tables.runBeside(running -> directory(running).write(List.of(signIn("dora", "Dora"), signIn("emil", "Emil"))))
                    .get(10, TimeUnit.SECONDS);
        }
        assertThat(tables.number("select count(*) from default_room_due where person in ('dora', 'emil')")).isEqualTo(4);
        assertThat(tables.number("select count(*) from default_room_due")).isEqualTo(4);
    }

    private static SignIn signIn(String id, String name) {
        return new SignIn(id, name, Optional.empty(), 2, 3);
    }

    // The container injects it.
    private static Directory directory(Tables.Running running) {
        return with(new Directory(), "em", running.em());
    }
}
