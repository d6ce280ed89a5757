/**
 * Exports: what a person could read, rooms or everything, for administrators; and a person's own data, for that person.
 *
 * <p>An export is a job ({@link parley.export.Exports}). One instance of the cluster works on it, on its own thread ({@code Exporting}).
 * First it notes where the log of each room stands. Then it folds the events about members ({@code Memberships}, {@code ReadableRange}) to
 * decide what of each room is in the export, and last it writes the rooms one by one ({@code RoomFiles}, {@code Digest}). Another instance
 * goes on after the last complete room. Files are stored in parts of bounded size ({@code ExportFiles}). The archive is made of them while
 * it is downloaded ({@code Archive}): uncompressed, without times, so that the same files are the same bytes on every instance.
 *
 * <p>Owns the tables {@code export_job}, {@code export_room}, {@code export_file}, {@code export_part}, {@code export_person} and
 * {@code export_start}. {@code rest} calls it. It reads rooms through the journal and changes none. What a hold keeps comes through
 * {@link parley.export.HeldContent}. Never hold a whole room in memory, never put the time or the name of the instance into a file, never
 * make structure of a text.
 */
package parley.export;
