/**
 * Announcements: banners that administrators show on every page, from one time to another.
 *
 * <p>{@link parley.announcement.Announcements} has what administrators and people do. {@link parley.announcement.ShowingAnnouncements}
 * keeps this instance's copy of the few announcements that are not over, and tells the watching connections what begins and ends. It reads
 * the database, never the bus, so a lost hint delays nothing.
 *
 * <p>An announcement never changes: an administrator ends it and makes another one. So a dismissal holds for exactly what the person read.
 */
package parley.announcement;
