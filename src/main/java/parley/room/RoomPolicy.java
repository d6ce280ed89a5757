package parley.room;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import parley.identity.Actor;
import parley.identity.Service;
import parley.protocol.Posting;
import parley.protocol.Problem;
import parley.protocol.Retention;
import parley.protocol.Role;
import parley.protocol.RoomKind;
import parley.protocol.RoomProfile;

/**
 * Who may do what in a room. Each rule checks a view and returns a refusal or nothing. Pure: the time of the decision is a
 * parameter, and a ban or mute that ended before it has no effect.
 */
public final class RoomPolicy {

    /** The most members that a room has; a join past it is refused. */
    public static final int MOST_MEMBERS = 10_000;
    /** In a room of more members, only moderators and owners mention everyone, and a call notifies nobody. */
    public static final int MOST_MENTIONED = 50;
    /** The most messages of a room that wait for a moderator; one more is refused. */
    public static final int MOST_WAITING = 100;
    /** The most of them of one person. */
    public static final int MOST_WAITING_OF_PERSON = 10;
    /** The longest duration of a mute or a temporary ban. */
    public static final Duration LONGEST_RESTRICTION = Duration.ofDays(3_650);

    private RoomPolicy() {
    }

    /** The refusal for a user who has reached the quota of memberships. */
    static Problem tooManyRooms() {
        return Problem.conflict("You are in the maximum number of rooms. Leave one first.");
    }

    /** Whether this user may know that the room exists, and read it. */
    public static boolean maySee(RoomView room, String user, Instant now) {
        return !room.closed() && !room.isBanned(user, now)
                && (room.profile().kind() == RoomKind.PUBLIC || room.member(user).isPresent());
    }

    /** Refuses a user who may not post or type. */
    public static Optional<Problem> posting(RoomView room, Actor by, Instant now) {
        if (!maySee(room, by.id(), now)) {
            return Optional.of(Problem.noSuchRoom());
        }
        if (room.mutedUntil(by.id(), now).isPresent()) {
            return Optional.of(Problem.forbidden("You are muted in this room."));
        }
        return switch (room.role(by.id())) {
            case NONE, BANNED -> Optional.of(Problem.forbidden("Only members can post. Join the room first."));
            case GUEST -> Optional.of(Problem.forbidden("Guests can't post."));
            case OWNER, MODERATOR, MEMBER -> Optional.empty();
        };
    }

    /**
     * Refuses a message of someone who may not post it in this room now; {@link #posting} comes first. Moderators and owners may, and so
     * may bots and hooks.
     *
     * @param onlyInThread whether the message is shown in a thread only
     * @param lastPosted finds when the author posted last, if that was at this time or later
     */
    public static Optional<Problem> postingNow(RoomView room, Actor by, boolean onlyInThread, Instant now,
                                               Function<Instant, Optional<Instant>> lastPosted) {
        Posting posting = room.profile().posting();
        if (posting.equals(Posting.OPEN) || room.role(by.id()).isAbove(Role.MEMBER) || Service.is(by.id())) {
            return Optional.empty();
        }
        if (posting.who() == Posting.Who.MODERATORS) {
            return Optional.of(Problem.forbidden("Only owners and moderators can post in this room."));
        }
        if (posting.who() == Posting.Who.THREADS && !onlyInThread) {
            return Optional.of(Problem.forbidden("Only owners and moderators can post in this room. You can reply in threads."));
        }
        if (posting.slow() == 0) {
            return Optional.empty();
        }
        Duration pause = Duration.ofSeconds(posting.slow());
        return lastPosted.apply(now.minus(pause)).map(last -> Duration.between(now, last.plus(pause))).filter(Duration::isPositive)
                .map(left -> Problem.rateLimited("This room is in slow mode: one message in " + posting.slow() + " seconds.",
                        left.toMillis()));
    }

    /**
     * Refuses a message to a direct room of two whose other person has blocked the author; {@link #posting} comes first.
     *
     * @param isBlocked whether the first person has blocked the second
     */
    public static Optional<Problem> writing(RoomView room, Actor by, BiPredicate<String, String> isBlocked) {
        boolean blocked = room.isDirect() && room.members().size() == 2
                && room.members().byId().keySet().stream().anyMatch(other -> !other.equals(by.id()) && isBlocked.test(other, by.id()));
        return blocked ? Optional.of(Problem.forbidden("This person doesn't accept messages from you.")) : Optional.empty();
    }

    /**
     * What a verdict means in this room. Nobody moderates a direct room, and a room that stores no messages gives none away: there,
     * nothing is reported, and what would wait is refused.
     */
    public static Verdict ruling(RoomView room, Verdict verdict) {
        if (!room.isDirect() && !room.profile().retention().equals(Retention.NONE)) {
            return verdict;
        }
        return switch (verdict.action()) {
            case ALLOW, FLAG -> Verdict.ALLOWED;
            case HOLD, BLOCK -> new Verdict(RuleAction.BLOCK, verdict.pattern());
        };
    }

    /** Refuses a new message that a rule blocks. */
    public static Optional<Problem> saying(Verdict ruling) {
        return ruling.action() == RuleAction.BLOCK ? Optional.of(Problem.refusedText("A rule does not allow this text."))
                : Optional.empty();
    }

    /** Refuses the new text of a message that a rule blocks or holds: the message is in the room already, so its text can't wait. */
    public static Optional<Problem> rewriting(Verdict ruling) {
        return ruling.action() == RuleAction.HOLD
                ? Optional.of(Problem.refusedText("A moderator has to approve this text. Post it as a new message."))
                : saying(ruling);
    }

    /** Refuses an actor who may not decide about a waiting message of this author: only administrators decide about their own. */
    public static Optional<Problem> approving(RoomView room, Actor by, String author, Instant now) {
        if (!mayKnow(room, by, now) || room.isDirect()) {
            return Optional.of(Problem.noSuchRoom());
        }
        boolean may = by.administrator() || room.role(by.id()).isAbove(Role.MEMBER) && !by.id().equals(author);
        return may ? Optional.empty() : Optional.of(Problem.forbidden("Only owners and moderators can do this, about messages of others."));
    }

    /** Refuses an actor who may not add rules about texts to the room, or remove them. */
    public static Optional<Problem> managingRules(RoomView room, Actor by, Instant now) {
        if (!mayKnow(room, by, now)) {
            return Optional.of(Problem.noSuchRoom());
        }
        if (room.isDirect()) {
            return Optional.of(Problem.forbidden("A direct room can't have rules."));
        }
        return by.administrator() || room.role(by.id()) == Role.OWNER ? Optional.empty()
                : Optional.of(Problem.forbidden("Only owners can change the rules of a room."));
    }

    /** Refuses one more waiting message. */
    public static Optional<Problem> waiting(int ofPerson, int inRoom) {
        if (ofPerson >= MOST_WAITING_OF_PERSON) {
            return Optional.of(Problem.conflict(MOST_WAITING_OF_PERSON + " of your messages wait for a moderator of this room already."));
        }
        return inRoom >= MOST_WAITING ? Optional.of(Problem.conflict("Too many messages wait for a moderator of this room already."))
                : Optional.empty();
    }

    /** Refuses a user who may not mention everyone. */
    public static Optional<Problem> mentioningEveryone(RoomView room, Actor by) {
        return room.members().size() <= MOST_MENTIONED || room.role(by.id()).isAbove(Role.MEMBER) ? Optional.empty()
                : Optional.of(Problem.forbidden("Only owners and moderators can mention everyone in a room of more than "
                        + MOST_MENTIONED + " people."));
    }

    /** Refuses a user who may not change the text of this author's message; {@link #posting} comes first. */
    public static Optional<Problem> editing(Actor by, String author) {
        return by.id().equals(author) ? Optional.empty() : Optional.of(Problem.forbidden("You can edit only your own messages."));
    }

    /** Refuses a user who may not remove previews from this author's message; {@link #maySee} comes first. Muted authors may. */
    public static Optional<Problem> removingPreviews(Actor by, String author) {
        return by.id().equals(author) ? Optional.empty()
                : Optional.of(Problem.forbidden("You can remove previews only from your own messages."));
    }

    /**
     * Refuses an actor who may not delete this author's message; {@link #knowing} comes first. Authors may, muted ones included; moderators
     * and owners may delete messages of people below their role; administrators may delete any.
     */
    public static Optional<Problem> deleting(RoomView room, Actor by, String author) {
        Role role = room.role(by.id());
        boolean may = by.administrator() || by.id().equals(author) || role.isAbove(Role.MEMBER) && role.isAbove(room.role(author));
        return may ? Optional.empty()
                : Optional.of(Problem.forbidden("You can delete your own messages, and moderators those of people below their role."));
    }

    /**
     * Refuses a user who is not a member of the room, which may not exist.
     *
     * @param refusal the text for users who may see the room
     */
    public static Optional<Problem> belonging(Optional<RoomView> room, String user, String refusal, Instant now) {
        Optional<RoomView> seen = room.filter(found -> maySee(found, user, now));
        if (seen.isEmpty()) {
            return Optional.of(Problem.noSuchRoom());
        }
        return seen.get().member(user).isPresent() ? Optional.empty() : Optional.of(Problem.forbidden(refusal));
    }

    /** Refuses an actor who may not know the room. Administrators may know every open room, except the direct rooms of others. */
    public static Optional<Problem> knowing(RoomView room, Actor by, Instant now) {
        return mayKnow(room, by, now) ? Optional.empty() : Optional.of(Problem.noSuchRoom());
    }

    /** Refuses an actor who may not change the profile of the room or close it. */
    public static Optional<Problem> updating(RoomView room, Actor by, Instant now) {
        if (!mayKnow(room, by, now)) {
            return Optional.of(Problem.noSuchRoom());
        }
        if (room.isDirect()) {
            return Optional.of(Problem.forbidden("A direct room can't be changed or closed."));
        }
        return by.administrator() || room.role(by.id()) == Role.OWNER ? Optional.empty()
                : Optional.of(Problem.forbidden("Only owners can change the room."));
    }

    /** Refuses an actor who may not connect other systems to the room. */
    public static Optional<Problem> connecting(RoomView room, Actor by, Instant now) {
        if (!mayKnow(room, by, now)) {
            return Optional.of(Problem.noSuchRoom());
        }
        if (room.isDirect()) {
            return Optional.of(Problem.forbidden("A direct room can't have hooks."));
        }
        return by.administrator() || room.role(by.id()) == Role.OWNER ? Optional.empty()
                : Optional.of(Problem.forbidden("Only owners can manage the hooks of a room."));
    }

    /** Refuses a public name that looks like another public room's. Private rooms are not compared: a refusal would reveal them. */
    public static Optional<Problem> naming(String room, RoomProfile profile, DecisionContext context) {
        return profile.kind() == RoomKind.PUBLIC && context.isNameTaken(room, profile.name())
                ? Optional.of(Problem.conflict("Another room has a name that looks like this.")) : Optional.empty();
    }

    /** Refuses an actor who may not list bans and mutes. */
    public static Optional<Problem> listingRestrictions(RoomView room, Actor by, Instant now) {
        if (!mayKnow(room, by, now)) {
            return Optional.of(Problem.noSuchRoom());
        }
        return by.administrator() || room.role(by.id()).isAbove(Role.MEMBER) ? Optional.empty()
                : Optional.of(Problem.forbidden("Only owners and moderators can see this."));
    }

    /**
     * Refuses an actor who may not remove, ban or mute this user, or lift a ban or mute. Administrators and owners may, moderators
     * may below their own role. Nobody may moderate themselves: otherwise a restricted owner could lift the restriction.
     */
    public static Optional<Problem> moderating(RoomView room, Actor by, String user, Instant now) {
        if (!mayKnow(room, by, now)) {
            return Optional.of(Problem.noSuchRoom());
        }
        if (room.isDirect()) {
            return Optional.of(Problem.forbidden("The people of a direct room and their roles never change."));
        }
        if (by.id().equals(user)) {
            return Optional.of(Problem.forbidden("You can't moderate yourself."));
        }
        boolean may = by.administrator() || switch (room.role(by.id())) {
            case OWNER -> true;
            case MODERATOR -> Role.MODERATOR.isAbove(room.role(user));
            case MEMBER, GUEST, NONE, BANNED -> false;
        };
        return may ? Optional.empty()
                : Optional.of(Problem.forbidden("Only owners can do this, and moderators to people below their role."));
    }

    /**
     * Refuses an actor who may not give this user a role. The rules of {@link #moderating} apply, and moderators give only roles below
     * their own. An owner may step down if the room has another owner.
     */
    public static Optional<Problem> givingRole(RoomView room, Actor by, String user, Role role, Instant now) {
        if (by.id().equals(user) && mayKnow(room, by, now) && room.role(user) == Role.OWNER) {
            return role != Role.OWNER && isLastOwner(room, user) ? Optional.of(lastOwner()) : Optional.empty();
        }
        return moderating(room, by, user, now)
                .or(() -> by.administrator() || room.role(by.id()).isAbove(role) || room.role(by.id()) == Role.OWNER ? Optional.empty()
                        : Optional.of(Problem.forbidden("Moderators can give only roles below their own.")))
                .or(() -> room.isBanned(user, now) ? Optional.of(Problem.conflict("This user is banned. Lift the ban first."))
                        : Optional.empty())
                .or(() -> full(room, user));
    }

    /** Refuses a user who may not join. */
    public static Optional<Problem> joining(RoomView room, Actor by, Instant now) {
        return maySee(room, by.id(), now) ? full(room, by.id()) : Optional.of(Problem.noSuchRoom());
    }

    /** Refuses a user who may not leave. */
    public static Optional<Problem> leaving(RoomView room, Actor by, Instant now) {
        if (!maySee(room, by.id(), now)) {
            return Optional.of(Problem.noSuchRoom());
        }
        if (room.isDirect()) {
            return Optional.of(Problem.forbidden("You can't leave a direct room. Hide it instead."));
        }
        return room.members().size() > 1 && isLastOwner(room, by.id()) ? Optional.of(lastOwner()) : Optional.empty();
    }

    /** Refuses an invalid end of a ban or mute. */
    static Optional<Problem> ending(Instant until, Instant now) {
        return until.isAfter(now) && until.isBefore(now.plus(LONGEST_RESTRICTION)) ? Optional.empty()
                : Optional.of(Problem.badRequest("`until` must be in the future, at most "
                         + LONGEST_RESTRICTION.toDays() + " days ahead."));
    }

    // Administrators can see every open room, except the direct rooms of others.
    private static boolean mayKnow(RoomView room, Actor by, Instant now) {
        return by.administrator() && !room.isDirect() ? !room.closed() : maySee(room, by.id(), now);
    }

    private static Optional<Problem> full(RoomView room, String user) {
        return room.role(user) == Role.NONE && room.members().size() >= MOST_MEMBERS ? Optional.of(Problem.conflict("The room is full."))
                : Optional.empty();
    }

    private static boolean isLastOwner(RoomView room, String user) {
        return room.role(user) == Role.OWNER && room.members().owners() == 1;
    }

    private static Problem lastOwner() {
        return Problem.conflict("A room needs an owner. Make another member an owner first, or close the room.");
    }
}
