/**
 * What people have read, and how they see their rooms: read markers, unread numbers, levels, sections and drafts.
 *
 * <p>Owns the tables {@code read_marker}, {@code room_preference} and {@code draft}: a row belongs to one person and one room, the last
 * write wins, and the log has none of it. {@code ReadMarkers} collects the markers in memory and stores them every two seconds, so a
 * kill loses at most the last two seconds of reading. The numbers are counted from the message tables ({@code Unread} in {@code protocol}
 * says what counts); no number is stored. A member sees only rooms that the member is in: whether a caller may read is checked here.
 */
package parley.reading;
