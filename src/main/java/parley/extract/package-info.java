/**
 * The program that finds the text of one file. It runs in a Java process of its own, because a file may be made to hang its reader or to
 * fill the memory: then the process ends, and the server loses nothing. {@code content} starts it.
 *
 * <p>{@link parley.extract.Program} reads the file from its standard input, and writes an {@link parley.extract.Outcome} and the text.
 * {@code PlainText} reads text, {@code PdfText} PDF by PDFBox, and {@code OfficeText} the formats of Office and OpenDocument: these are XML
 * in a ZIP archive, and a few rules find their text. Apache POI would add 14 MB to the WAR for the same text.
 *
 * <p>Imports nothing of the project, because the process has only these classes and PDFBox. Never open a file, a URL or a document inside
 * the document, never run a script, and never resolve an entity. The server must not call the readers; unit tests do.
 */
package parley.extract;
