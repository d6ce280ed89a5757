package parley.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import parley.bot.Scopes;
import parley.identity.Caller;
import parley.identity.Scope;
import parley.protocol.Codec;
import parley.protocol.Command;
import parley.protocol.Problem;
import parley.protocol.User;

class BotRequestsTest {

    @ParameterizedTest
    @CsvSource({"GET rooms/{room}/messages,READ", "GET search,READ", "POST rooms/{room}/files,POST", "PUT rooms/{room}/members,MEMBERS",
            "DELETE rooms/{room}/bans,MEMBERS"})
    void aRequestNeedsItsScope(String request, Scope scope) {
        assertThat(BotRequests.refusal(request, bot(EnumSet.complementOf(EnumSet.of(scope)))).map(Problem::message))
                .contains("The token lacks the scope `" + scope.wire() + "`.");
        assertThat(BotRequests.refusal(request, bot(Set.of(scope)))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"POST tickets", "POST files/{id}/ticket", "POST rooms", "PATCH rooms/{room}", "DELETE rooms/{room}",
            "PUT direct", "PATCH me", "GET me/notifications", "PUT me/push", "GET administration/bots", "POST administration/bots/{bot}/tokens",
            "PUT administration/people/access", "GET something/new"})
    void whatTheTableLacksIsForPeopleOnly(String request) {
        assertThat(BotRequests.refusal(request, bot(EnumSet.allOf(Scope.class))).map(Problem::message)).contains("Bots can't do this.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "READ | {\"id\":1,\"type\":\"subscribe\",\"room\":\"r\"}",
            "READ | {\"id\":1,\"type\":\"history\",\"room\":\"r\"}",
            "READ | {\"id\":1,\"type\":\"watch\"}",
            "READ | {\"id\":1,\"type\":\"slash.list\",\"room\":\"r\"}",
            "POST | {\"id\":1,\"type\":\"message.post\",\"room\":\"r\",\"key\":\"k\",\"text\":\"t\"}",
            "POST | {\"id\":1,\"type\":\"typing\",\"room\":\"r\",\"on\":true}",
            "MEMBERS | {\"id\":1,\"type\":\"room.join\",\"room\":\"r\"}",
            "COMMANDS | {\"id\":1,\"type\":\"slash.register\",\"commands\":[]}",
            "COMMANDS | {\"id\":1,\"type\":\"slash.answer\",\"call\":\"c\",\"text\":\"t\"}"})
    void aCommandNeedsItsScope(Scope scope, String frame) {
        Command command = (Command) Codec.decode(frame);

        assertThat(Scopes.refusal(bot(EnumSet.complementOf(EnumSet.of(scope))), command).map(Problem::message))
                .contains("The token lacks the scope `" + scope.wire() + "`.");
        assertThat(Scopes.refusal(bot(Set.of(scope)), command)).isEmpty();
        assertThat(Scopes.refusal(PERSON, command)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"id\":1,\"type\":\"call.start\",\"room\":\"r\"}",
            "{\"id\":1,\"type\":\"document.open\",\"room\":\"r\",\"document\":\"d\"}",
            "{\"id\":1,\"type\":\"slash.run\",\"room\":\"r\",\"command\":\"c\"}",
            "{\"id\":1,\"type\":\"slash.press\",\"room\":\"r\",\"message\":1,\"action\":\"a\"}"})
    void someCommandsAreForPeopleOnly(String frame) {
        assertThat(Scopes.refusal(bot(EnumSet.allOf(Scope.class)), (Command) Codec.decode(frame)).map(Problem::message))
                .contains("Bots can't do this.");
    }

    @Test
    void pingsNeedNoScope() {
        assertThat(Scopes.refusal(bot(Set.of()), (Command) Codec.decode("{\"id\":1,\"type\":\"ping\"}"))).isEmpty();
    }

    @Test
    void aScopeIsReadByItsName() {
        assertThat(Scope.of(List.of("read", "commands"))).contains(Set.of(Scope.READ, Scope.COMMANDS));
        assertThat(Scope.of(List.of("read", "everything"))).isEmpty();
    }

    private static final Caller PERSON = new Caller(new User("alice", "Alice"), Set.of(), Instant.EPOCH, Instant.MAX, "", "");

    private static Caller bot(Set<Scope> scopes) {
        return new Caller(new User("service:deploy", "Deploy"), Set.of(), Instant.EPOCH, Instant.MAX, "token", "", Optional.empty(),
                Optional.empty(), Optional.of(scopes));
    }
}
