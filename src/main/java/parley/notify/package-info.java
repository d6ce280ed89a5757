/**
 * Notifications: deciding whom an event notifies, storing that, and telling the person on open pages, by Web Push and by mail.
 *
 * <p>Notifications are a fold of each room's log with a stored position (table {@code notified}). {@link parley.notify.Searching} observes
 * commits and collects what may matter. After the commit, on its own thread, {@code NotifyCommit} locks the position of a room, decides
 * about the events after it, and stores notifications, push jobs and the new position in one transaction. So each event is decided about
 * exactly once, on any instance and in spite of kills: if the transaction did not commit, the position did not move, and the next
 * instance that looks finds the same events again. Deleted messages, people who leave, and closed rooms are handled in the same order, so
 * no notification outlives its cause. A writer thread only adds to a bounded queue; the periodic comparison of positions and heads finds
 * what the queue has no place for. Events of rooms that store no messages exist only in memory: if the instance that committed them is
 * killed before it decides about them, they notify nobody.
 *
 * <p>A notification has no text of its own: the text is read from the message when it is shown. Web Push and mail are sent at least once
 * from leased rows, and a repetition replaces what it repeats (by the topic of the push, by the id of the mail).
 *
 * <p>Owns the tables {@code notified}, {@code notification}, {@code notification_id}, {@code push_subscription}, {@code push_job},
 * {@code push_key}, {@code mail_address}, {@code mail_job} and {@code connected}. {@code rest}, {@code socket}, {@code schedule} and
 * {@code export} call it. Never notify a person of a room that the person can't read.
 */
package parley.notify;
