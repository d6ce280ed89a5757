package parley.client;

import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Carries events from the loop to subscribers, each at its own pace, by the rules of {@link Flow}. A subscriber that does not take its
 * events makes the feed full; the client then reads nothing more until the subscriber has taken half of them, so that memory is bounded
 * and nothing is lost.
 */
final class Feed<T> implements Flow.Publisher<T> {

    /** What the owner of a feed wants to know. Called on any thread. */
    interface Owner {

        /** The first subscriber came. */
        void began();

        /** The last subscriber cancelled. */
        void ended();

        /** A feed that was full has room again. */
        void drained();

        /** A subscriber threw. It gets nothing more. */
        void failed(Throwable defect);
    }

    private final Executor callbacks;
    private final int capacity;
    private final Owner owner;
    private final CopyOnWriteArrayList<Line> lines = new CopyOnWriteArrayList<>();
    private final AtomicInteger full = new AtomicInteger();
    /** Guarded by this. */
    private boolean over;

    /** @param capacity how many events may wait for a subscriber */
    Feed(Executor callbacks, int capacity, Owner owner) {
        this.callbacks = callbacks;
        this.capacity = capacity;
        this.owner = owner;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super T> subscriber) {
        Line line = new Line(Objects.requireNonNull(subscriber, "subscriber"));
        boolean first;
        synchronized (this) {
            first = !over && lines.isEmpty();
            if (over) {
                line.complete();
            } else {
                lines.add(line);
            }
        }
        line.begin();
        if (first) {
            owner.began();
        }
    }

    /** Gives an event to every subscriber. Only the loop calls it. */
    void publish(T event) {
        lines.forEach(line -> line.add(event));
    }

    /** Whether a subscriber has so many events waiting that the client should read no more. */
    boolean isFull() {
        return full.get() > 0;
    }

    boolean hasSubscribers() {
        return !lines.isEmpty();
    }

    /** Ends the feed after the events that wait. Later subscribers get only the end. */
    void complete() {
        synchronized (this) {
            over = true;
        }
        lines.forEach(Line::complete);
    }

    private void remove(Line line) {
        boolean last;
        synchronized (this) {
            last = lines.remove(line) && lines.isEmpty() && !over;
        }
        if (last) {
            owner.ended();
        }
    }

    /** One subscriber and the events that wait for it. Its signals come one after the other, on a thread of the callbacks. */
    private final class Line implements Flow.Subscription {

        private final Flow.Subscriber<? super T> subscriber;

        // All are guarded by this.
        private final ArrayDeque<T> waiting = new ArrayDeque<>();
        private long demand;
        private boolean begun;
        private boolean running;
        private boolean countsAsFull;
        private boolean complete;
        private boolean cancelled;
        private boolean badRequest;

        Line(Flow.Subscriber<? super T> subscriber) {
            this.subscriber = subscriber;
        }

        void begin() {
            run();
        }

        void add(T event) {
            synchronized (this) {
                if (cancelled || complete) {
                    return;
                }
                waiting.add(event);
                if (waiting.size() >= capacity && !countsAsFull) {
                    countsAsFull = true;
                    full.incrementAndGet();
                }
            }
            run();
        }

        void complete() {
            synchronized (this) {
                complete = true;
            }
            run();
        }

        @Override
        public void request(long count) {
            synchronized (this) {
                badRequest |= count <= 0;
                demand = demand + count < 0 ? Long.MAX_VALUE : demand + Math.max(0, count);
            }
            run();
        }

        @Override
        public void cancel() {
            synchronized (this) {
                cancelled = true;
                waiting.clear();
            }
            release();
            remove(this);
        }

        private void run() {
            synchronized (this) {
                if (running || cancelled) {
                    return;
                }
                running = true;
            }
            callbacks.execute(this::deliver);
        }

        private void deliver() {
            try {
                boolean going;
                do {
                    going = deliverNext();
                } while (going);
            } catch (Throwable defect) {
                cancel();
                owner.failed(defect);
            }
        }

        // Returns false when there is nothing to do until run() is called again.
        private boolean deliverNext() {
            T event = null;
            boolean first = false;
            boolean end = false;
            boolean bad = false;
            synchronized (this) {
                if (cancelled) {
                    running = false;
                    return false;
                }
                if (!begun) {
                    begun = true;
                    first = true;
                } else if (badRequest) {
                    bad = true;
                } else if (!waiting.isEmpty() && demand > 0) {
                    event = waiting.poll();
                    demand = demand == Long.MAX_VALUE ? demand : demand - 1;
                } else if (waiting.isEmpty() && complete) {
                    end = true;
                } else {
                    running = false;
                    return false;
                }
            }
            if (first) {
                subscriber.onSubscribe(this);
            } else if (event != null) {
                subscriber.onNext(event);
                releaseHalfEmpty();
            } else {
                cancel();
                if (end) {
                    subscriber.onComplete();
                } else if (bad) {
                    subscriber.onError(new IllegalArgumentException("Request at least one event."));
                }
            }
            return true;
        }

        private void releaseHalfEmpty() {
            boolean halfEmpty;
            synchronized (this) {
                halfEmpty = countsAsFull && waiting.size() <= capacity / 2;
            }
            if (halfEmpty) {
                release();
            }
        }

        private void release() {
            synchronized (this) {
                if (!countsAsFull) {
                    return;
                }
                countsAsFull = false;
            }
            full.decrementAndGet();
            owner.drained();
        }
    }
}
