package parley.call;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import parley.protocol.CallParticipant;
import parley.protocol.OngoingCall;
import parley.protocol.User;

/**
 * A call as its rows say. Immutable.
 *
 * @param version grows with each change of the people
 * @param ended whether everyone has left, so that the end is about to be logged
 * @param people in the order of joining
 */
record CallState(String call, String room, User by, Instant started, long version, boolean ended, List<Participant> people) {

    /**
     * A person on one page or device.
     *
     * @param node the instance of its connection
     * @param session the connection
     * @param lost whether the connection is gone
     */
    record Participant(String id, User user, String node, String session, boolean lost) {}

    /** Whether this is later than another state of the same room. */
    boolean isAfter(CallState other) {
        return call.equals(other.call) ? version > other.version : !started.isBefore(other.started);
    }

    /** An earlier state, before anyone joined. */
    CallState withoutPeople() {
        return new CallState(call, room, by, started, version - 1, false, List.of());
    }

    /** The participant with this id, if it is in the call. */
    Optional<Participant> participant(String id) {
        return people.stream().filter(participant -> participant.id.equals(id)).findFirst();
    }

    /** Those of this person. */
    List<Participant> of(String person) {
        return people.stream().filter(participant -> participant.user.id().equals(person)).toList();
    }

    /** Who is in the call, as on the wire. */
    List<CallParticipant> shown() {
        return people.stream().map(participant -> new CallParticipant(participant.user, participant.id, participant.lost)).toList();
    }

    OngoingCall ongoing() {
        return new OngoingCall(call, by, started, shown());
    }
}
