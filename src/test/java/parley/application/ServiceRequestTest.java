package parley.application;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import parley.identity.Actor;
import parley.identity.Service;
import parley.protocol.Change;
import parley.protocol.ErrorCode;
import parley.protocol.MemberChange;
import parley.protocol.MessageChange;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.Decision;
import parley.room.NothingKnown;
import parley.room.Proposal;
import parley.room.RoomView;

/** What applications ask for, and what rooms decide about it. */
class ServiceRequestTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Actor ALICE = new Actor(new User("alice", "Alice"), false);
    private static final Actor ORDERS = new Service("orders", "Orders").actor();
    private static final Map<String, Object> POST = Map.of("do", "post", "service", "orders", "serviceName", "Orders", "room", "plaza",
            "text", "hello", "key", "k1", "mentions", List.of("alice"), "thread", 0L);

    private RoomView room = RoomView.empty("plaza", "e1");

    private static Map<String, Object> changed(String field, Object value) {
        Map<String, Object> request = new HashMap<>(POST);
        request.put(field, value);
        return request;
    }

    private static ErrorCode refusal(Map<String, Object> request) {
        return ((ServiceRequest.Broken) ServiceRequest.of(request)).problem().code();
    }

    private static Proposal proposal(Map<String, Object> request) {
        return ((ServiceRequest.Change) ServiceRequest.of(request)).proposal();
    }

    private void isOfKind(RoomKind kind) {
        happened(new RoomChange.Updated(new RoomProfile("Plaza", kind, "", Retention.FOREVER)));
        happened(new MemberChange.Joined(ALICE.user(), Role.OWNER));
    }

    private void happened(Change change) {
        room = room.after(new RoomEvent("plaza", room.offset() + 1, NOW, ALICE.user(), change));
    }

    private Decision decided(Map<String, Object> request) {
        return proposal(request).decide(room, new NothingKnown(), NOW);
    }

    @ParameterizedTest
    @CsvSource({"service, ''", "service, a b", "service, service:orders", "serviceName, ' '", "room, No Room", "text, ''", "do, dance"})
    void refusesWhatIsMalformed(String field, String value) {
        assertThat(refusal(changed(field, value))).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void refusesTooMuch() {
        assertThat(ServiceRequest.of(changed("text", "x".repeat(4_001)))).isInstanceOf(ServiceRequest.Broken.class);
        assertThat(ServiceRequest.of(changed("key", "k".repeat(65)))).isInstanceOf(ServiceRequest.Broken.class);
        assertThat(ServiceRequest.of(changed("mentions", Collections.nCopies(51, "bob")))).isInstanceOf(ServiceRequest.Broken.class);
        assertThat(refusal(changed("text", 1.5))).isEqualTo(ErrorCode.BAD_REQUEST);
    }

    @Test
    void isTheSameAfterItWasStored() {
        ServiceRequest.Change change = (ServiceRequest.Change) ServiceRequest.of(POST);
        assertThat(ServiceRequest.stored(change.text())).isEqualTo(change);
    }

    @Test
    void makesOneKeyForAllRepetitions() {
        ServiceRequest.Change change = (ServiceRequest.Change) ServiceRequest.of(changed("key", ""));
        assertThat(((PostAsService) change.proposal()).message().key()).hasSize(36);
        assertThat(ServiceRequest.stored(change.text())).isEqualTo(change);
    }

    @Test
    void joinsAPublicRoomBeforeItsFirstMessage() {
        isOfKind(RoomKind.PUBLIC);
        Decision.Changes first = (Decision.Changes) decided(POST);
        assertThat(first.changes()).hasSize(2);
        assertThat(first.changes().getFirst()).isEqualTo(new MemberChange.Joined(ORDERS.user(), Role.MEMBER));
        happened(first.changes().getFirst());
        assertThat(((Decision.Changes) decided(POST)).changes()).singleElement().isInstanceOfSatisfying(MessageChange.Posted.class,
                posted -> assertThat(posted.mentions()).containsExactly("alice"));
    }

    @Test
    void postsInAPrivateRoomOnlyAsAMember() {
        isOfKind(RoomKind.PRIVATE);
        assertThat(((Decision.Refused) decided(POST)).problem().code()).isEqualTo(ErrorCode.NOT_FOUND);
        happened(new MemberChange.Joined(ORDERS.user(), Role.MEMBER));
        assertThat(decided(POST)).isInstanceOf(Decision.Changes.class);
    }

    @Test
    void respectsAMuteAndTheEndOfARoom() {
        isOfKind(RoomKind.PUBLIC);
        happened(new MemberChange.Joined(ORDERS.user(), Role.MEMBER));
        happened(new MemberChange.Muted(ORDERS.user(), NOW.plusSeconds(60)));
        assertThat(((Decision.Refused) decided(POST)).problem().code()).isEqualTo(ErrorCode.FORBIDDEN);
        happened(new RoomChange.Closed());
        assertThat(((Decision.Refused) decided(POST)).problem().code()).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void createsARoomOnce() {
        Map<String, Object> create = Map.of("do", "room.create", "service", "orders", "serviceName", "Orders", "room", "plaza",
                "title", "Plaza", "topic", "", "open", false);
        assertThat(proposal(create).decideWithoutRoom(new NothingKnown())).isEqualTo(new Decision.Changes(List.of(
                new RoomChange.Updated(new RoomProfile("Plaza", RoomKind.PRIVATE, "", Retention.FOREVER)),
                new MemberChange.Joined(ORDERS.user(), Role.OWNER))));
        isOfKind(RoomKind.PRIVATE);
        assertThat(decided(create)).isEqualTo(new Decision.Already(room.offset()));
    }
}
