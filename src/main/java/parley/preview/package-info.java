/**
 * Link previews: the titles, descriptions and pictures of the pages behind the links in messages.
 *
 * <p>{@code PreviewProjection} stores a job for a message with links, in the transaction that stores the message. {@code Previewing} leases
 * jobs: each job is done once in the cluster, and another instance takes the jobs of a killed one. {@code Pages} fetches title, description
 * and picture through {@link parley.outgoing}. {@code AddPreviews} adds them to the room's log as an event. If too many jobs wait, or one
 * waits too long, the message stays without previews.
 *
 * <p>Owns the tables {@code preview_job} and {@code preview_picture}. The journal owns {@code message_preview}, the places of previews in
 * the log, and removes them from there. Never fetch a URL that {@code PreviewHosts} did not check, and never return a byte of a page
 * unchanged: text is cut and cleaned, and a picture is decoded and encoded again.
 */
package parley.preview;
