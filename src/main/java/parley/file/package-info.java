/**
 * Files: receiving, preparing and handing them out.
 *
 * <p>An upload arrives in chunks. Each chunk and the new offset are one transaction that locks the upload's row. So an upload goes on
 * where the last chunk ended, on any instance ({@code Uploads}, {@code Receiving}). When it is complete, {@code Preparing} decides its
 * type by its bytes, turns pictures upright and removes their metadata, makes a thumbnail, has the file scanned, and moves it to its
 * {@link parley.file.FileStore}. Only then is it ready for a message. It belongs to its owner until a message carries it; {@code
 * FileProjection} notes that, and deletes a file with its message, in the same transaction.
 *
 * <p>A legal hold keeps bytes longer than their message ({@link parley.file.HeldFiles}): such a file leaves table {@code file}.
 *
 * <p>Owns the tables {@code file}, {@code file_held}, {@code file_chunk}, {@code file_thumbnail}, {@code file_garbage} and {@code
 * file_closed_room}.
 * It owns neither messages nor rights: {@code SharedFiles} asks the view of the room. {@code rest} and the packages that need the bytes of
 * files or pictures call it directly, and decisions about messages call it through {@link parley.room.AttachableFiles}. Never hand out
 * bytes before the state is {@code READY}, never find a file by its bytes, and never read a picture's pixels before its header.
 */
package parley.file;
