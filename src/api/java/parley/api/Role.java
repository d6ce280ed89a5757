package parley.api;

/** What a member may do in a room. */
public enum Role {
    /** May do everything. */
    OWNER,
    /** May remove, mute and ban members and guests. */
    MODERATOR,
    /** May post. */
    MEMBER,
    /** May read. */
    GUEST
}
