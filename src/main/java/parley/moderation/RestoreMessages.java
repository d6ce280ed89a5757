package parley.moderation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import parley.identity.Actor;
import parley.message.PinMessage;
import parley.protocol.Change;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.room.Decision;
import parley.room.DecisionContext;
import parley.room.Proposal;
import parley.room.RoomView;

/**
 * Brings back removed messages, and pins those that were pinned as long as the room may have more pins. Only administrators may. Leaves out
 * messages that retention removed, and those that are back.
 */
record RestoreMessages(String room, Actor by, List<RemovedMessage> originals) implements Proposal {

    @Override
    public Decision decide(RoomView view, DecisionContext context, Instant now) {
        if (!by.administrator() || view.closed()) {
            return new Decision.Refused(Problem.noSuchRoom());
        }
        List<Change> changes = new ArrayList<>();
        List<Change> pins = new ArrayList<>();
        for (RemovedMessage original : originals) {
            MessageChange.Restored restored = original.restored();
            if (context.message(view, restored.message()).filter(found -> found.deleted()).isPresent()) {
                changes.add(restored);
                if (original.pinned()) {
                    pins.add(new MessageChange.Pinned(restored.message()));
                }
            }
        }
        if (!pins.isEmpty()) {
            changes.addAll(pins.subList(0, Math.clamp(PinMessage.MOST_PINS - context.pins(view), 0, pins.size())));
        }
        return changes.isEmpty() ? new Decision.Already(view.offset()) : new Decision.Changes(changes);
    }
}
