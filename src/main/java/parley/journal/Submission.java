package parley.journal;

import parley.room.Proposal;
import parley.tracing.Trace;

/**
 * A submitted proposal.
 *
 * @param address the address of the request; null for the installation itself
 */
record Submission(Proposal proposal, String address, Trace trace) {}
