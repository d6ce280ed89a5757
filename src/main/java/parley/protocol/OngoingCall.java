package parley.protocol;

import java.time.Instant;
import java.util.List;

/** The call of a room, as a subscriber learns of it. */
public record OngoingCall(String call, User by, Instant started, List<CallParticipant> people) {}
