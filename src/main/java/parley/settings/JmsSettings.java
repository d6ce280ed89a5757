package parley.settings;

import static parley.settings.Setting.text;

/**
 * The resources of the server for JMS. Each is a JNDI name.
 *
 * @param connections the connection factory; empty if the others are
 * @param events the destination of events; empty for none
 * @param inbound the queue that posts; empty for none
 * @param refused the queue for messages of the inbound queue that can't be posted
 * @param evidence the destination of the roots of the evidence; empty for none
 */
public record JmsSettings(String connections, String events, String inbound, String refused, String evidence) {

    static JmsSettings read(Reading in) {
        JmsSettings settings = new JmsSettings(
                name(in, "parley.jms.connections", "Connection factory of the broker for the next four. The brokers of a deployment group "
                        + "are for its instances only, so it is another one."),
                name(in, "parley.jms.events", "Queue or topic for the events of rooms that an administrator chooses. Without one, "
                        + "rooms can't be chosen."),
                name(in, "parley.jms.inbound", "Queue whose messages are posted to rooms. Every program that may write to it can "
                        + "post as any service."),
                name(in, "parley.jms.refused", "Queue for messages of the inbound queue that can't be posted, each with the "
                        + "reason. Set it if there is an inbound queue."),
                name(in, "parley.jms.evidence", "Queue or topic for the signed roots of the [evidence](evidence.md)."));
        if (settings.inbound.isEmpty() != settings.refused.isEmpty()) {
            throw new IllegalStateException("parley.jms.inbound and parley.jms.refused must both be set, or neither.");
        }
        if (settings.connections.isEmpty() && !(settings.events + settings.inbound + settings.evidence).isEmpty()) {
            throw new IllegalStateException("parley.jms.events, parley.jms.inbound and parley.jms.evidence need parley.jms.connections.");
        }
        return settings;
    }

    private static String name(Reading in, String key, String about) {
        return in.read(text(key, "", name -> name.matches("[A-Za-z0-9_./:-]{0,200}"),
                "a JNDI name such as `jms/parley/events`", about));
    }
}
