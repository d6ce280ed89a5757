package parley.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The commands that have no answer yet, in the order of the calls. Each is sent, and after a reconnect sent again, until the server
 * answers. Posts to a room go one at a time, so that the room has them in this order. Only the loop uses it.
 */
final class Outbox {

    /** The most commands in progress on a connection. The server refuses more. */
    static final int MOST_IN_FLIGHT = 16;

    /** A command of the application. */
    static final class Command {
        private final long id;
        private final ObjectNode frame;
        /** Commands of one lane are sent one at a time; empty for a command without a lane. */
        private final String lane;
        /** When the command fails if it has no answer, as {@link System#nanoTime}; null for a post, which waits. */
        private final Long deadline;
        private final CompletableFuture<JsonNode> reply;
        /** Not sent again before this time, because the server refused it for a while. */
        private long notBefore;
        private boolean inFlight;

        Command(long id, ObjectNode frame, String lane, Long deadline, CompletableFuture<JsonNode> reply, long now) {
            this.id = id;
            this.frame = frame.put("id", id);
            this.lane = lane;
            this.deadline = deadline;
            this.reply = reply;
            notBefore = now;
        }

        ObjectNode frame() {
            return frame;
        }

        CompletableFuture<JsonNode> reply() {
            return reply;
        }
    }

    private final int most;
    private final Map<Long, Command> commands = new LinkedHashMap<>();
    private int inFlight;
    /** Nothing is sent before this time, because the server refused a command as one too many. */
    private Long heldUntil;

    /** @param most how many commands may wait; {@link #add} refuses more */
    Outbox(int most) {
        this.most = most;
    }

    /** Adds a command. Returns false if too many wait. */
    boolean add(Command command) {
        if (commands.size() >= most) {
            return false;
        }
        commands.put(command.id, command);
        return true;
    }

    /** The commands to send now. They count as sent. */
    List<Command> due(long now) {
        List<Command> due = new ArrayList<>();
        if (isHeld(now)) {
            return due;
        }
        Set<String> busy = new HashSet<>();
        for (Command command : commands.values()) {
            if (inFlight >= MOST_IN_FLIGHT) {
                break;
            }
            boolean free = command.lane.isEmpty() || busy.add(command.lane);
            if (free && !command.inFlight && now - command.notBefore >= 0) {
                command.inFlight = true;
                inFlight++;
                due.add(command);
            }
        }
        return due;
    }

    /** The wait until the next refused command may be sent again; empty if none waits for its time. */
    Optional<Duration> nextDue(long now) {
        if (isHeld(now)) {
            return Optional.of(Duration.ofNanos(heldUntil - now));
        }
        return commands.values().stream().filter(command -> !command.inFlight && command.notBefore - now > 0)
                .map(command -> Duration.ofNanos(command.notBefore - now)).min(Duration::compareTo);
    }

    /** The command with this id, which was answered; empty if it is unknown. */
    Optional<Command> answered(long id) {
        Command command = commands.remove(id);
        if (command != null && command.inFlight) {
            inFlight--;
        }
        return Optional.ofNullable(command);
    }

    /** Puts a command that was refused for a while back to its place. */
    void postpone(long id, long notBefore) {
        Command command = commands.get(id);
        if (command != null) {
            inFlight -= command.inFlight ? 1 : 0;
            command.inFlight = false;
            command.notBefore = notBefore;
        }
    }

    /** Sends nothing before this time. */
    void holdUntil(long time) {
        heldUntil = time;
    }

    private boolean isHeld(long now) {
        return heldUntil != null && heldUntil - now > 0;
    }

    boolean has(long id) {
        return commands.containsKey(id);
    }

    /** The connection ended: everything is sent again, at once. */
    void disconnected() {
        commands.values().forEach(command -> command.inFlight = false);
        inFlight = 0;
        heldUntil = null;
    }

    /** Removes the commands whose time is over, and returns them. */
    List<Command> expired(long now) {
        List<Command> expired = new ArrayList<>();
        Iterator<Command> all = commands.values().iterator();
        while (all.hasNext()) {
            Command command = all.next();
            if (command.deadline != null && now - command.deadline >= 0) {
                all.remove();
                inFlight -= command.inFlight ? 1 : 0;
                expired.add(command);
            }
        }
        return expired;
    }

    /** Whether a command was sent and has no answer. */
    boolean hasInFlight() {
        return inFlight > 0;
    }

    /** Removes all commands and returns them. */
    List<Command> clear() {
        List<Command> all = List.copyOf(commands.values());
        commands.clear();
        inFlight = 0;
        return all;
    }

    int size() {
        return commands.size();
    }
}
