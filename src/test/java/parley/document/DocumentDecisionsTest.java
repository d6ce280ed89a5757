package parley.document;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import parley.identity.Actor;
import parley.protocol.Change;
import parley.protocol.DocumentChange;
import parley.protocol.ErrorCode;
import parley.protocol.MemberChange;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomEvent;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;
import parley.protocol.User;
import parley.room.Decision;
import parley.room.DocumentHead;
import parley.room.NothingKnown;
import parley.room.Proposal;
import parley.room.RoomView;

/** Creating, renaming, deleting and writing in documents, decided against a room: alice owns it, bob and carol are members. */
class DocumentDecisionsTest {

    private static final Instant NOW = Instant.parse("2030-01-01T12:00:00Z");
    private static final Actor ALICE = actor("alice");
    private static final Actor BOB = actor("bob");
    private static final Actor CAROL = actor("carol");
    private static final Actor STRANGER = actor("stranger");
    private static final Actor ADMINISTRATOR = new Actor(new User("root", "Root"), true);
    private static final long MOST = 100;

    private final Map<String, DocumentHead> documents = new HashMap<>(Map.of("d", new DocumentHead("d", "Minutes", "bob", 7, 60)));
    private RoomView room = RoomView.empty("plaza", "e1");

    DocumentDecisionsTest() {
        happened(new RoomChange.Updated(RoomProfile.open("Plaza")));
        happened(new MemberChange.Joined(ALICE.user(), Role.OWNER));
        happened(new MemberChange.Joined(BOB.user(), Role.MEMBER));
        happened(new MemberChange.Joined(CAROL.user(), Role.MEMBER));
    }

    private static Actor actor(String id) {
        return new Actor(new User(id, id), false);
    }

    private void happened(Change change) {
        room = room.after(new RoomEvent("plaza", room.offset() + 1, NOW, ALICE.user(), change));
    }

    private Decision decided(Proposal proposal) {
        return proposal.decide(room, new NothingKnown() {
            @Override
            public Optional<DocumentHead> document(RoomView view, String id) {
                return Optional.ofNullable(documents.get(id));
            }

            @Override
            public OptionalLong updated(String document, String author, String key) {
                return author.equals("bob") && key.equals("known") ? OptionalLong.of(3) : OptionalLong.empty();
            }

            @Override
            public int documents(RoomView view) {
                return documents.size();
            }
        }, NOW);
    }

    private ErrorCode refusal(Proposal proposal) {
        return ((Decision.Refused) decided(proposal)).problem().code();
    }

    private static UpdateDocument update(Actor by, String key) {
        return new UpdateDocument("plaza", by, "d", key, "AQE=", MOST);
    }

    @Test
    void refusesPeopleWhoMayNotPost() {
        assertThat(refusal(update(STRANGER, "k"))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal(new CreateDocument("plaza", STRANGER, "n", "t", 9))).isEqualTo(ErrorCode.FORBIDDEN);
        assertThat(refusal(new RenameDocument("plaza", STRANGER, "d", "t"))).isEqualTo(ErrorCode.FORBIDDEN);
        happened(new MemberChange.Muted(BOB.user(), NOW.plusSeconds(60)));
        assertThat(refusal(update(BOB, "known"))).as("a known key of a muted person").isEqualTo(ErrorCode.FORBIDDEN);
        happened(new MemberChange.RoleChanged(CAROL.user(), Role.BANNED, Optional.empty()));
        assertThat(refusal(update(CAROL, "k"))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void refusesWhatIsNoDocument() {
        documents.clear();
        assertThat(refusal(update(BOB, "known"))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(new RenameDocument("plaza", BOB, "d", "t"))).isEqualTo(ErrorCode.NOT_FOUND);
        assertThat(refusal(new DeleteDocument("plaza", BOB, "d"))).isEqualTo(ErrorCode.NOT_FOUND);
    }

    @Test
    void refusesDocumentsInARoomThatStoresNothing() {
        happened(new RoomChange.Updated(new RoomProfile("Plaza", RoomKind.PUBLIC, "", Retention.NONE)));
        assertThat(refusal(update(BOB, "k"))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(refusal(new CreateDocument("plaza", BOB, "n", "t", 9))).isEqualTo(ErrorCode.CONFLICT);
    }

    @Test
    void refusesOneDocumentTooMany() {
        assertThat(refusal(new CreateDocument("plaza", BOB, "n", "t", 1))).isEqualTo(ErrorCode.CONFLICT);
        assertThat(decided(new CreateDocument("plaza", BOB, "n", "t", 2)))
                .isEqualTo(new Decision.Changes(List.of(new DocumentChange.Created("n", "t")), Optional.of("bob")));
    }

    @Test
    void anUpdateGetsTheNextVersionAndAKeyStoresOne() {
        Decision.Update next = (Decision.Update) decided(update(BOB, "k"));
        assertThat(next.update().version()).isEqualTo(8);
        assertThat(next.update().update()).isEqualTo("AQE=");
        assertThat(next.key()).isEqualTo("k");
        assertThat(decided(update(BOB, "known"))).isEqualTo(new Decision.Already(3));
        assertThat(decided(update(CAROL, "known"))).isInstanceOf(Decision.Update.class);
    }

    @Test
    void refusesUpdatesOfAFullDocument() {
        documents.put("d", new DocumentHead("d", "Minutes", "bob", 7, MOST - 1));
        assertThat(decided(update(BOB, "k"))).isInstanceOf(Decision.Update.class);
        documents.put("d", new DocumentHead("d", "Minutes", "bob", 7, MOST));
        assertThat(refusal(update(BOB, "k"))).isEqualTo(ErrorCode.TOO_LARGE);
        assertThat(decided(update(BOB, "known"))).as("a repetition").isEqualTo(new Decision.Already(3));
    }

    @Test
    void deletesLikeMessages() {
        assertThat(refusal(new DeleteDocument("plaza", CAROL, "d"))).isEqualTo(ErrorCode.FORBIDDEN);
        Decision deleted = new Decision.Changes(List.of(new DocumentChange.Deleted("d")), Optional.of("bob"));
        assertThat(decided(new DeleteDocument("plaza", BOB, "d"))).isEqualTo(deleted);
        assertThat(decided(new DeleteDocument("plaza", ALICE, "d"))).isEqualTo(deleted);
        assertThat(decided(new DeleteDocument("plaza", ADMINISTRATOR, "d"))).isEqualTo(deleted);
    }

    @Test
    void theSameTitleChangesNothing() {
        assertThat(decided(new RenameDocument("plaza", CAROL, "d", "Minutes"))).isEqualTo(new Decision.Already(room.offset()));
        assertThat(decided(new RenameDocument("plaza", CAROL, "d", "Notes")))
                .isEqualTo(new Decision.Changes(List.of(new DocumentChange.Renamed("d", "Notes")), Optional.of("bob")));
    }

    @Test
    void aDocumentThatSomeoneWroteInSinceDoesNotExpire() {
        assertThat(decided(new ExpireDocument("plaza", ADMINISTRATOR, "d", 6))).isEqualTo(new Decision.Already(room.offset()));
        assertThat(decided(new ExpireDocument("plaza", ADMINISTRATOR, "d", 7))).isInstanceOf(Decision.Changes.class);
    }
}
