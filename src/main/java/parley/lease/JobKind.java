package parley.lease;

import java.util.List;

/**
 * A kind of long work. A package that has some offers a bean of this type, and the list of jobs on the administration page shows it. Calls
 * wait for the database. The caller has checked that an administrator asks.
 */
public interface JobKind {

    /** A word in small letters, such as {@code import}. */
    String name();

    /** Up to {@code limit} jobs, the newest first. */
    List<Job> latest(int limit);

    /**
     * Ends a job after its present step, with an audit event. Returns false if there is no such job, or it can't be ended.
     *
     * @param address of the request
     */
    boolean cancel(String id, String by, String address);
}
