package parley.export;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import parley.protocol.MemberChange;
import parley.protocol.Role;
import parley.protocol.RoomChange;
import parley.protocol.RoomKind;
import parley.protocol.User;

/** The lines that say who was in a room. */
class MembershipsTest {

    private static List<String> lines(Story story, Predicate<String> wanted) {
        List<String> lines = new ArrayList<>();
        Memberships fold = new Memberships("r", wanted, line -> lines.add(line.path("type").stringValue("") + " "
                + line.path("user").stringValue("") + " " + line.path("role").stringValue(line.path("kind").stringValue("")) + " "
                + line.path("from").longValue() + "-" + line.path("to").longValue(0) + " " + line.path("end").stringValue("")));
        story.events().forEach(fold::apply);
        fold.end();
        return lines;
    }

    private static List<String> all(Story story) {
        return lines(story, user -> true);
    }

    @Test
    void whatHasNotEndedHasNoEnd() {
        assertThat(all(new Story(RoomKind.PRIVATE).joins(Story.BOB))).containsExactly("member alice owner 2-0 ", "member bob member 3-0 ",
                "kind  private 1-0 ");
    }

    @Test
    void leavingAndBeingRemovedDiffer() {
        Story story = new Story(RoomKind.PUBLIC).joins(Story.BOB).joins(Story.CAROL).leaves(Story.BOB)
                .of(Story.ALICE, new MemberChange.Left(Story.CAROL));
        assertThat(all(story)).contains("member bob member 3-5 left", "member carol member 4-6 removed");
    }

    @Test
    void aRoleEndsWithTheNextOne() {
        Story story = new Story(RoomKind.PUBLIC).joins(Story.BOB)
                .of(Story.ALICE, new MemberChange.RoleChanged(Story.BOB, Role.MODERATOR, Optional.empty()));
        assertThat(all(story)).contains("member bob member 3-4 role", "member bob moderator 4-0 ");
    }

    @Test
    void aBanEndsAMembershipAndIsLifted() {
        Story story = new Story(RoomKind.PUBLIC).joins(Story.BOB).bans(Story.BOB, Optional.of(Story.at(99)))
                .of(Story.ALICE, new MemberChange.RoleChanged(Story.BOB, Role.NONE, Optional.empty()));
        assertThat(all(story)).contains("member bob member 3-4 banned", "ban bob  4-5 lifted");
    }

    @Test
    void theEndOfTheRoomEndsEverything() {
        Story story = new Story(RoomKind.PUBLIC).joins(Story.BOB).of(Story.ALICE, new RoomChange.Closed());
        assertThat(all(story)).containsExactly("member alice owner 2-4 closed", "member bob member 3-4 closed", "kind  public 1-4 closed");
    }

    @Test
    void anotherKindOfRoomIsALine() {
        assertThat(all(new Story(RoomKind.PUBLIC).of(Story.ALICE, Story.kind(RoomKind.PRIVATE))))
                .contains("kind  public 1-3 kind", "kind  private 3-0 ");
    }

    @Test
    void otherPeopleAreLeftOut() {
        assertThat(lines(new Story(RoomKind.PUBLIC).joins(Story.BOB), user -> user.equals("bob")))
                .containsExactly("member bob member 3-0 ", "kind  public 1-0 ");
    }

    @Test
    void aNameIsAValue() {
        List<String> texts = new ArrayList<>();
        User odd = new User("x\"},\n{", "N\u2028\"\\");
        Memberships fold = new Memberships("r", user -> true, line -> texts.add(new String(Lines.bytes(line))));
        new Story(RoomKind.PUBLIC).joins(odd).events().forEach(fold::apply);
        fold.end();
        assertThat(texts).hasSize(3).allSatisfy(text -> assertThat(text.indexOf('\n')).isEqualTo(text.length() - 1));
        assertThat(Lines.read(texts.get(1)).get("user").stringValue()).isEqualTo(odd.id());
        assertThat(Lines.read(texts.get(1)).get("name").stringValue()).isEqualTo(odd.name());
    }
}
