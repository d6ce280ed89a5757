package parley.moderation;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import parley.identity.Actor;
import parley.journal.Receipt;
import parley.message.PostApproved;
import parley.message.PostMessage;
import parley.protocol.AttachedFile;
import parley.protocol.MessageChange;
import parley.protocol.Problem;
import parley.protocol.RoomEvent;
import parley.protocol.TextRules;
import parley.room.Proposal;

/**
 * Messages that wait for a moderator, because a rule holds them. Each call waits for the database.
 *
 * <p>Approving has two steps, because the log and the table are committed one after the other: from the first step on, the message can only
 * be approved. If an instance stops between them, approving again finds the message by its key and posts it no second time.
 */
@ApplicationScoped
public class Approvals {

    @Inject
    private WaitingRows rows;

    /** The outcome of {@link #approve}. */
    public sealed interface Outcome {

        /** The message is in the log of its room, at this offset. */
        record Posted(long offset) implements Outcome {}

        /** It is not done. */
        record Refused(Problem problem) implements Outcome {}
    }

    /**
     * Up to {@code limit} messages about which this person may decide, newest first.
     *
     * @param room only those of this room; empty for all
     * @param before only those before this id; empty for the first page
     */
    public List<WaitingMessage> page(Actor by, String room, String before, int limit) {
        return TextRules.isStorable(before) && TextRules.isStorable(room) ? rows.page(by, room, before, limit, Instant.now()) : List.of();
    }

    /** The last messages of this person that a rule held, newest first. */
    public List<WaitingMessage> of(String author, int limit) {
        return rows.of(author, limit);
    }

    /**
     * Posts a waiting message as its author. The room decides with its rules of now, except those about texts.
     *
     * @param journal submits it
     */
    public Outcome approve(String id, Actor by, String address, Function<Proposal, CompletableFuture<Receipt>> journal) {
        Optional<WaitingMessage> found = find(id, by);
        if (found.isEmpty() || !rows.approving(id, by.id(), Instant.now())) {
            return new Outcome.Refused(Problem.notFound());
        }
        OptionalLong offset = OptionalLong.empty();
        switch (submitted(new PostApproved(post(found.get()), by), journal)) {
            case Receipt.Committed committed -> offset = OptionalLong.of(committed.offset());
            case Receipt.Already already -> offset = OptionalLong.of(already.offset());
            case Receipt.Held held -> throw new IllegalStateException("An approved message is not held again");
            case Receipt.Refused refused -> {
                // It may be stored nevertheless if the refusal is temporary.
                if (!refused.problem().temporary()) {
                    rows.waitsAgain(id);
                }
                return new Outcome.Refused(refused.problem());
            }
        }
        rows.end(found.get(), WaitingMessage.State.APPROVING, WaitingMessage.State.APPROVED, by.id(), address, Instant.now());
        return new Outcome.Posted(offset.orElseThrow());
    }

    private static Receipt submitted(Proposal proposal, Function<Proposal, CompletableFuture<Receipt>> journal) {
        try {
            return journal.apply(proposal).join();
        } catch (CompletionException defect) {
            throw new IllegalStateException(defect.getCause());
        }
    }

    private static PostMessage post(WaitingMessage message) {
        RoomEvent event = message.event().orElseThrow();
        MessageChange.Posted post = (MessageChange.Posted) event.change();
        return new PostMessage(message.room(), new Actor(event.by(), false), post.key(), post.text(), post.thread(), post.also(),
                post.mentions(), post.everyone(), post.files().stream().map(AttachedFile::id).toList(), post.form());
    }

    /** Refuses a waiting message; returns why that is not done. A conflict if it is on its way into the log. */
    public Optional<Problem> refuse(String id, Actor by, String address) {
        return find(id, by).map(found -> rows.end(found, WaitingMessage.State.WAITING, WaitingMessage.State.REFUSED, by.id(), address,
                        Instant.now()) ? Optional.<Problem>empty() : Optional.of(Problem.conflict("It was approved already.")))
                .orElseGet(() -> Optional.of(Problem.notFound()));
    }

    /** Messages that waited for too long wait no longer. Returns how many there were. */
    public int expire(Instant now) {
        return rows.expire(now);
    }

    private Optional<WaitingMessage> find(String id, Actor by) {
        return TextRules.isStorable(id) ? rows.find(id, by, Instant.now()) : Optional.empty();
    }
}
