/**
 * The judge of what a set of clients lived through: everything sent, acknowledged and seen is recorded while servers
 * and databases come and go, and compared at the end with what the log holds. It knows no sockets; whoever drives
 * clients records here.
 */
package parley.checker;
