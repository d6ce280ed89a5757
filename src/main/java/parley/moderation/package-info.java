/**
 * Moderation beyond the rights in a room: reports of messages, rules about texts, and removing the messages of one person from all rooms
 * at once, with a day to undo it.
 *
 * <p>A {@link parley.moderation.Removal} is a row. The instance that holds the lease of the task works on it ({@code Removing}): it finds
 * the messages room by room and proposes their deletion to the journal, many in one proposal ({@code RemoveMessages}). In the transaction
 * of each deletion, {@code RemovedMessages} copies the frames, reactions and pins, before the journal removes them from the log. Undoing
 * proposes the opposite ({@code RestoreMessages}): the journal writes the same frames to the same offsets again. Each step can be repeated,
 * so any instance goes on where another one stopped.
 *
 * <p>A {@link parley.moderation.Report} has a copy of the text, so that it can be judged after the author changed or deleted the message.
 * The moderators and owners of the room see it, and administrators. What they do about it goes through the journal, as if they had done it
 * in the room ({@code Reports}).
 *
 * <p>A {@link parley.moderation.Rule} is about words or links. Each instance knows all rules ({@code KnownRules}), and the journal asks it
 * while it decides about a message: nothing there waits for the database. What a rule holds is stored in the journal's transaction, as a
 * {@link parley.moderation.WaitingMessage}. {@link parley.moderation.Approvals} posts it when a moderator approves.
 *
 * <p>Owns the tables {@code text_rule}, {@code text_rule_head}, {@code text_rule_change}, {@code waiting_message}, {@code report}, {@code
 * removal}, {@code removed_message}, {@code removed_frame} and {@code removed_reaction}. {@code rest} and {@code ops} call it.
 * It writes to rooms only through the journal. Nobody can read what is kept, and it is deleted after a day, with retention, and when its
 * room is closed.
 */
package parley.moderation;
