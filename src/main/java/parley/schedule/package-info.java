/**
 * What people leave for later: messages that are posted at a time, and reminders.
 *
 * <p>Each is a row of its person. {@code ScheduledPosting} looks for what is due, on every instance. A scheduled message is leased, posted
 * through the journal as {@code message.post} posts it, and removed. Its key is derived from its row, so after a kill, or if two instances
 * post it, the room has it once. The person's rights at that time decide; what is refused stays in the list with the reason, and the
 * person is notified. A reminder becomes a notification in the transaction that removes it.
 *
 * <p>{@link parley.schedule.When} reads times: moments, local times with a zone, and what people write after {@code /remind}. Pure.
 *
 * <p>Owns the tables {@code scheduled_message} and {@code reminder}. {@code rest} calls it. Nobody but the person sees these rows.
 */
package parley.schedule;
