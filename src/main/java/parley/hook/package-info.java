/**
 * Webhooks. An outgoing webhook posts the events of a room to a URL, and an incoming one posts messages to a room.
 *
 * <p>An outgoing webhook is an outlet ({@link parley.outlet}) whose sink, {@code WebhookSink}, posts each event to the URL, signed as
 * Standard Webhooks 1.0 specify. Requests go through {@link parley.outgoing}: no redirect is followed, and the address that was checked is
 * the one that is connected to. {@link parley.hook.Webhooks} manages them for the owners of rooms.
 *
 * <p>An incoming webhook is an address with a secret token. What is posted there becomes a message of a service of its own, which its
 * owner made a member of the room: so the rules of rooms hold, and owners and moderators can mute, remove and ban it. Only the hash of the
 * token is stored. {@link parley.hook.IncomingHooks} reads what arrives: {@code text}, Slack's shape, or plain text.
 *
 * <p>Owns the tables {@code webhook} and {@code incoming_hook}. A secret is shown once, when it is made, and never logged. Hooks are
 * removed after their room was closed, and do nothing from that moment on.
 */
package parley.hook;
