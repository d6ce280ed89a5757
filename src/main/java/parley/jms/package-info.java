/**
 * The JMS broker of the enterprise: events of chosen rooms go to a destination of the administrator's choice, and a queue posts.
 *
 * <p>{@code JmsSink} takes the events of outlets of the kind {@code jms} ({@link parley.outlet}): a persistent text message for each, a
 * CloudEvent in JSON. {@code InboundQueue} reads a queue in batches, on one instance at a time. What arrives is posted as a service, as
 * applications in the same server do ({@link parley.application}), under a key that follows from the id of the JMS message, so a message
 * that is delivered again posts nothing. What is refused goes to another queue with the reason, in the same transaction.
 *
 * <p>Every program that may write to the inbound queue can post as any service. The broker is no place of truth: while it is away, events
 * wait in the log and messages wait in the broker. This package has nothing to do with {@code bus}, which may use the same broker.
 */
package parley.jms;
