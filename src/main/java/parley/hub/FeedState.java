package parley.hub;

import java.util.function.Predicate;

/**
 * What a decision needs to know of a feed.
 *
 * @param epoch the epoch of the log that it delivers
 * @param offset the last event that was delivered
 * @param hasSubscriber whether a user id has a subscription in this feed
 */
record FeedState(String epoch, long offset, Predicate<String> hasSubscriber) {

    boolean isOf(String otherEpoch) {
        return epoch.equals(otherEpoch);
    }
}
