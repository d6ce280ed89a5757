package parley.sql;

/**
 * What an instance keeps in memory of tables that change seldom. CDI beans implement it. All of them are asked for in one query a second
 * ({@code ops.FollowingTables}), before the first request for the first time. Without the database, what is known applies.
 */
public interface Followed {

    /**
     * A query of one number, which every transaction that changes these tables changes. It is part of a larger statement, so it is constant
     * and has no parameters.
     */
    String headQuery();

    /** Takes over what changed, if the number is another one than at the last call. Waits for the database then. */
    void catchUp(long head);
}
