package parley.journal;

import parley.room.Proposal;

/**
 * A submitted proposal.
 *
 * @param address the address of the request; null for the installation itself
 */
record Submission(Proposal proposal, String address) {}
