/**
 * The text of files, so that search finds a message by what is in its files.
 *
 * <p>The transaction in which a message begins to carry a file also stores a job for it ({@code ContentProjection}); at that time the file
 * is ready, and the virus scanner has found nothing in it. {@code Extracting} leases the jobs on its own thread, has the text extracted in
 * a process of its own ({@code Extractor}, which starts the program in package {@code extract}), and stores it. If an instance is killed
 * meanwhile, another one does the job after its lease. Once an hour, one instance finds files that have no job: those that were sent before
 * this feature was switched on, or on an instance of an older version.
 *
 * <p>Each text that is stored gets the next position, in the order of commits. {@code search} reads the texts by position, as it reads the
 * rooms' logs, and asks {@link parley.content.FileContents} for them again before it shows a result.
 *
 * <p>Owns the tables {@code file_text} and {@code file_text_head}. A text is deleted with its row in table {@code file}, by the database,
 * so also by instances of older versions, and in the same transaction. It owns no rights: the caller checks them.
 * Never read a document in this process, and never log a text.
 */
package parley.content;
