package parley.room;

import parley.identity.Actor;
import parley.protocol.RoomCommand;

/** From a {@link RoomCommand} to its proposal. */
public final class RoomProposals {

    private RoomProposals() {
    }

    /** What this actor proposes with this command. */
    public static Proposal of(RoomCommand command, Actor by) {
        return switch (command) {
            case RoomCommand.Join join -> new JoinRoom(join.room(), by);
            case RoomCommand.Leave leave -> new LeaveRoom(leave.room(), by);
        };
    }
}
