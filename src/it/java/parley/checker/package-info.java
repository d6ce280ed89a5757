/**
 * Checks the delivery guarantees under faults: {@link parley.checker.Workload} runs clients that record what was acknowledged and
 * received in a {@link parley.checker.History}, which is compared with the log at the end.
 */
package parley.checker;
