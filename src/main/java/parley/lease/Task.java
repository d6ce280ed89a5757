package parley.lease;

/** The tasks that one instance does for all. Each has a row in table {@code lease}, which a migration adds. */
public enum Task {
    /** Removes what is past the retention of its room. */
    ROOM_RETENTION("room retention"),
    /** Removes old audit events. */
    AUDIT_RETENTION("audit retention"),
    /** Removes notifications that are too old or too many. */
    OLD_NOTIFICATIONS("old notifications"),
    /** Finds events that nobody was notified of. */
    MISSED_NOTIFICATIONS("missed notifications"),
    /** Prepares uploads that an instance left behind, and removes files that nobody needs. */
    FILES("files"),
    /** Removes updates that a snapshot covers, expired documents, and documents of closed rooms. */
    DOCUMENTS("documents"),
    /** Finds files whose text nobody extracts, and deletes the texts while they are not wanted. */
    FILE_TEXTS("file texts"),
    /** Ends the participants of calls that did not come back, and calls without people. */
    CALLS("calls"),
    /** Carries out what applications in the same server asked for, if the instance that they asked could not. */
    APPLICATIONS("application commands"),
    /** Posts the messages of the inbound JMS queue. */
    INBOUND_QUEUE("inbound queue"),
    /** Imports the export of another system. */
    IMPORTS("imports"),
    /** Writes exports, and removes old ones. */
    EXPORTS("exports"),
    /** Adds people to rooms and removes them, as groups of the company's directory say. */
    PROVISIONING("provisioning"),
    /** Deletes what only released holds kept. */
    RELEASED_HOLDS("released holds"),
    /** Counts the days that are over. */
    ANALYTICS("analytics"),
    /** Seals what is new in the logs, and publishes roots of their chains. */
    EVIDENCE("evidence"),
    /** Removes what is known about a person. */
    ERASURES("erasures"),
    /** Removes the messages of a person from all rooms, or undoes that. */
    REMOVALS("removals");

    private final String title;

    Task(String title) {
        this.title = title;
    }

    /** The name of the task in the table, in logs and of its thread. */
    public String title() {
        return title;
    }
}
