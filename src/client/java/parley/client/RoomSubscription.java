package parley.client;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A room's place in its log, and what to do with the next frame of the room: deliver it, drop it, or subscribe again. It subscribes while
 * the feed has subscribers. Only the loop uses it.
 */
final class RoomSubscription {

    /** The commands that it needs of a connection. */
    interface Commands {

        /** Sends a command on the current connection. The answer does not come if the connection ends first. */
        void ask(ObjectNode command, Answer answer);

        /** Runs a task later. */
        Future<?> after(Duration delay, Runnable task);

        /** The feed has no room for more. */
        void full();
    }

    /** Receives the reply to a command. */
    interface Answer {
        void reply(JsonNode ok, ParleyException refused);
    }

    private enum State { OFFLINE, IDLE, ASKED, LIVE, REFUSED, ENDED }

    /** After so many gaps in a row, the room starts again from the newest messages. */
    private static final int MOST_GAPS = 3;
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final String room;
    private final Feed<RoomEvent> feed;
    private final Commands commands;
    private final Counters counters;
    private final int resetMessages;
    private State state = State.OFFLINE;
    /** The last event that was delivered; null before the first reset. Other threads read it. */
    private volatile Position position;
    private boolean everLive;
    private int gaps;
    private Future<?> retry;
    /** Counts the commands, so that a reply to an earlier one is known. */
    private long asked;

    RoomSubscription(String room, Feed<RoomEvent> feed, Commands commands, Counters counters, int resetMessages) {
        this.room = room;
        this.feed = feed;
        this.commands = commands;
        this.counters = counters;
        this.resetMessages = resetMessages;
    }

    Position position() {
        return position;
    }

    /** Starts after this position, if nothing was received yet. */
    void resumeAfter(Position stored) {
        if (position == null) {
            position = stored;
        }
    }

    /** The server greeted a new connection. */
    void connected() {
        if (state == State.OFFLINE) {
            state = State.IDLE;
            look();
        }
    }

    void disconnected() {
        if (state != State.ENDED) {
            state = State.OFFLINE;
        }
        if (retry != null) {
            retry.cancel(false);
        }
    }

    /** Subscribes if there are subscribers with room for events, and unsubscribes if there are none. */
    void look() {
        boolean wanted = feed.hasSubscribers();
        if (state == State.IDLE && wanted && !feed.isFull()) {
            ask();
        } else if (!wanted && (state == State.ASKED || state == State.LIVE || state == State.REFUSED)) {
            state = State.IDLE;
            position = null;
            commands.ask(command("unsubscribe"), (ok, refused) -> { });
        }
    }

    // With a position, the server sends what came after it, or says that it can't.
    private void ask() {
        state = State.ASKED;
        Position from = position;
        ObjectNode subscribe = command("subscribe");
        if (from == null) {
            subscribe.put("last", resetMessages);
        } else {
            subscribe.putObject("since").put("epoch", from.epoch()).put("offset", from.offset());
        }
        long number = ++asked;
        commands.ask(subscribe, (ok, refused) -> {
            if (state != State.ASKED || number != asked) {
                return;
            }
            if (refused != null) {
                refused(refused);
            } else if (from == null) {
                reset(ok);
            } else if (ok.path("recovered").booleanValue(false)) {
                resumed();
            } else {
                position = null;
                ask();
            }
        });
    }

    private void refused(ParleyException refused) {
        if (refused.temporary()) {
            state = State.REFUSED;
            retry = commands.after(refused.retryAfter().isZero() ? RETRY : refused.retryAfter(), () -> {
                if (state == State.REFUSED) {
                    state = State.IDLE;
                    look();
                }
            });
        } else {
            end(refused.code());
        }
    }

    private void reset(JsonNode ok) {
        position = new Position(ok.path("epoch").asString(""), ok.path("offset").longValue(0));
        List<JsonNode> messages = new ArrayList<>();
        ok.path("messages").forEach(messages::add);
        if (everLive) {
            counters.resets.incrementAndGet();
        }
        goLive();
        deliver(new RoomEvent.Reset(room, position, ok.path("asOf").longValue(position.offset()), List.copyOf(messages),
                ok.path("role").asString("")));
    }

    private void resumed() {
        if (everLive) {
            counters.resumes.incrementAndGet();
        }
        goLive();
    }

    private void goLive() {
        state = State.LIVE;
        everLive = true;
    }

    /** An event of the room. While a subscription is on its way, what arrives belongs to the one before: it comes again. */
    void event(JsonNode frame) {
        if (state != State.LIVE) {
            return;
        }
        if (frame.path("offset").isIntegralNumber()) {
            logged(frame, frame.get("offset").longValue());
        } else {
            deliver(new RoomEvent.Passing(room, frame.path("type").asString(""), frame));
        }
    }

    private void logged(JsonNode frame, long offset) {
        long expected = position.offset() + 1;
        if (offset < expected) {
            counters.duplicates.incrementAndGet();
        } else if (offset > expected) {
            missed();
        } else {
            gaps = 0;
            position = new Position(position.epoch(), offset);
            deliver(event(frame, position));
            if (frame.path("type").asString("").equals("room.rewritten")) {
                // Earlier events changed, because a person was erased.
                position = null;
                ask();
            }
        }
    }

    private void missed() {
        counters.gaps.incrementAndGet();
        gaps++;
        if (gaps >= MOST_GAPS) {
            gaps = 0;
            position = null;
        }
        ask();
    }

    private RoomEvent event(JsonNode frame, Position at) {
        String type = frame.path("type").asString("");
        String by = frame.path("by").path("id").asString("");
        Instant when = instant(frame.path("at").asString(""));
        return type.equals("message.posted")
                ? new RoomEvent.Posted(room, at, by, when, frame.path("text").asString(""), frame.path("key").asString(""), frame)
                : new RoomEvent.Changed(room, at, type, by, when, frame);
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.format.DateTimeParseException other) {
            return Instant.EPOCH;
        }
    }

    /** The server ended the subscription. */
    void unsubscribed(JsonNode frame) {
        if (state != State.LIVE && state != State.ASKED) {
            return;
        }
        if (frame.path("resubscribe").booleanValue(false)) {
            state = State.IDLE;
            look();
        } else {
            end(frame.path("code").asString("gone"));
        }
    }

    private void end(String code) {
        state = State.ENDED;
        deliver(new RoomEvent.Ended(room, code));
        feed.complete();
    }

    private void deliver(RoomEvent event) {
        feed.publish(event);
        if (feed.isFull()) {
            commands.full();
        }
    }

    private ObjectNode command(String type) {
        return JSON.objectNode().put("type", type).put("room", room);
    }
}
