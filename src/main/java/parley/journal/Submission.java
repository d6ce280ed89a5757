package parley.journal;

import parley.room.Proposal;

/**
 * A proposal as it was put before the journal.
 *
 * @param address where it came from; null for the installation itself
 */
record Submission(Proposal proposal, String address) {}
