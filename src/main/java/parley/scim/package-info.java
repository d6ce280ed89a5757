/**
 * SCIM 2.0 (RFC 7643, RFC 7644): the company's directory creates people, ends their access, and fills rooms with its groups.
 *
 * <p>Owns the tables {@code scim_user}, {@code scim_group}, {@code scim_member} and {@code scim_due}. {@link parley.scim.Provisioning}
 * changes them; {@code rest} calls it after it has checked the directory's token. A user who is not active has no access ({@link
 * parley.people.Access}), which ends connections on every instance within seconds. A change of a group stores which memberships are due,
 * in the same transaction; {@code FillingRooms} carries them out through the journal, on one instance for all.
 *
 * <p>Never give back access that an administrator ended.
 */
package parley.scim;
