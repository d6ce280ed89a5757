package parley.analytics;

import java.util.SortedMap;

/** Delays in buckets, each a fifth longer than the one before. So the median is right to a tenth, and no exact delay is kept. */
final class Delays {

    private static final int BUCKETS_OF_A_DOUBLING = 4;
    private static final double MILLIS = 1_000;

    private Delays() {
    }

    /** The bucket of a delay. Delays below a second are a second. */
    static int bucket(long millis) {
        return (int) Math.floor(BUCKETS_OF_A_DOUBLING * Math.log(Math.max(1, millis / MILLIS)) / Math.log(2));
    }

    /** The middle of a bucket, in seconds. */
    static long seconds(int bucket) {
        return Math.round(Math.pow(2, (bucket + 0.5) / BUCKETS_OF_A_DOUBLING));
    }

    /** The median, in seconds, of delays that are given as their number by bucket. There must be one. */
    static long median(SortedMap<Integer, Long> answers) {
        long half = (answers.values().stream().mapToLong(Long::longValue).sum() + 1) / 2;
        long before = 0;
        for (var bucket : answers.entrySet()) {
            before += bucket.getValue();
            if (before >= half) {
                return seconds(bucket.getKey());
            }
        }
        throw new IllegalArgumentException("There is no delay.");
    }
}
