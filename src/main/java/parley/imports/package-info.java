/**
 * Imports: rooms, people and messages from the exports of Mattermost and Slack.
 *
 * <p>An administrator puts an export into a folder of the server and starts an import ({@link parley.imports.Imports}). One instance of the
 * cluster carries it out on its own thread ({@code Importing}): it reads the export twice, first to count and to sort ({@code
 * MattermostExport}, {@code SlackExport}), then conversation by conversation ({@code Conversations}). What can't be imported goes to the
 * {@code Report}. A dry run does all of this except for storing.
 *
 * <p>A conversation becomes a private room that nobody is in. Its messages go through {@link parley.journal.PastMessages} into the log,
 * under keys that are derived from the export, so an import that was interrupted and started again, on any instance, adds each message
 * once. Only when all are there does the room get its kind and its members.
 *
 * <p>Owns the tables {@code import_job} and {@code import_room}. {@code rest} calls it. It writes to rooms only through the journal. Never
 * trust an export: names in it are not paths, and every line, entry, list and text has a bound.
 */
package parley.imports;
