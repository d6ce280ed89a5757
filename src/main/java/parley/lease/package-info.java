/**
 * Work that one instance of the cluster does for all: which instance, and until when. A task is a row with its holder and the end of its
 * lease. The holder extends the lease each time it does the work. If it is killed, another instance takes the task after that end.
 * {@link parley.lease.LeasedWork} is the thread of a task; work that another loop does uses {@link parley.lease.Leases}.
 *
 * <p>A lease saves work, and nothing may depend on it for correctness: after a long pause, an instance may still work for a moment while
 * another one has taken over. Jobs that all instances share, such as mails, are leased row by row where they are stored.
 */
package parley.lease;
