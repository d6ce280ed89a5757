/**
 * Who did what to whom, from where: sign-ins that were refused, what was done to rooms and to people in them, and what
 * administrators did. Rows are only ever added; {@link parley.audit.AuditLog} alone removes those that are older than
 * {@code parley.audit.days}.
 *
 * <p>A deed in a room is written in the transaction that commits its event, so neither is there without the other. Nothing
 * here ever holds a token, a ticket or what somebody wrote: who adds a kind of deed sees to that.
 */
package parley.audit;
