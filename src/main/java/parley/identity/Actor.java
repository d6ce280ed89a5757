package parley.identity;

import parley.protocol.User;

/**
 * Who asks for a change, and with which rights in the installation. Rights in a room are in the room's view.
 *
 * @param administrator whether they administer the installation
 */
public record Actor(User user, boolean administrator) {

    /** The user id. */
    public String id() {
        return user.id();
    }
}
