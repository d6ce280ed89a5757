package parley.api;

/**
 * The rooms of the Parley in this server. Inject it; all threads may use it. An application acts as a service, which has a name of its own
 * in the rooms: the name of the application, or another one by {@link #as}.
 *
 * <p>Inside a JTA transaction, each change is stored with the transaction and carried out after its commit, within milliseconds, in the
 * order of the calls; after a crash, another instance of the cluster carries it out within seconds, once. What Parley refuses only then,
 * because the room was closed in the meantime, is in the server's log. Without a transaction, a call returns when the change is committed.
 *
 * <p>Each method throws a {@link ParleyException} with Parley's reason, and a {@link ParleyUnavailableException} while Parley is not
 * deployed, or can't answer within 10 s. Both roll the transaction back if the caller's bean lets them pass.
 */
public interface Parley {

    /**
     * The same rooms for another service. It costs nothing.
     *
     * @param id 1 to 100 letters, digits, dots, hyphens and underscores. In rooms, its user id is {@code service:} and this
     * @param name what people read, 1 to 100 characters
     */
    Parley as(String id, String name);

    /** Creates a room, whose owner is the service. Nothing happens if the room exists. */
    void createRoom(NewRoom room);

    /**
     * Makes a person a member of a room, or changes their role. The service must be the room's owner or a moderator.
     *
     * @param user the user id, the {@code sub} of the person's tokens
     * @param name what people read until the person signs in
     */
    void putMember(String room, String user, String name, Role role);

    /** Ends a membership. Nothing happens if the person is not a member. The service must be the room's owner or a moderator. */
    void removeMember(String room, String user);

    /**
     * Posts a message. A service that is no member of the room becomes one first. Posting the same {@link Post#key} again in the same room
     * does nothing.
     *
     * @return the message's offset in the room; 0 inside a transaction, in which it has none yet
     */
    long post(Post message);

    /**
     * Messages of a room in ascending order. The service must be a member, or the room public. Changes of the running transaction are not
     * in it.
     *
     * @param before only messages with a smaller offset; 0 for the newest
     * @param limit 1 to 100 messages
     */
    Messages read(String room, long before, int limit);
}
