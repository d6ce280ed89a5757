/**
 * Link previews: the titles, descriptions and pictures of the pages behind the links in messages.
 *
 * <p>A message with links leaves a job in the transaction that stores it ({@code PreviewProjection}). Each instance leases jobs, so each is
 * done once in the cluster, and one of a killed instance by another one ({@code Previewing}). {@code Pages} fetches title, description and
 * picture through {@link parley.outgoing}; the {@code AddPreviews} of what was found is an event of the room's log like every other. If too
 * many jobs wait, or one waits too long, the message stays without previews.
 *
 * <p>Owns the tables {@code preview_job} and {@code preview_picture}. The journal owns {@code message_preview}, the places of previews in
 * the log, and removes them from there. Never fetch a URL that {@code PreviewHosts} did not check, and never return a byte of a page
 * unchanged: text is cut and cleaned, and a picture is decoded and encoded again.
 */
package parley.preview;
