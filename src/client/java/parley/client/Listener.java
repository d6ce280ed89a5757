package parley.client;

import java.util.concurrent.Flow;
import java.util.function.Consumer;

/** A subscriber that takes each event at once. What the listener throws is reported, and the next event follows. */
final class Listener<T> implements Flow.Subscriber<T>, Room.Listening {

    private final Consumer<? super T> listener;
    private final Consumer<Throwable> failures;

    // Both are guarded by this.
    private Flow.Subscription subscription;
    private boolean closed;

    Listener(Consumer<? super T> listener, Consumer<Throwable> failures) {
        this.listener = listener;
        this.failures = failures;
    }

    @Override
    public void onSubscribe(Flow.Subscription begun) {
        synchronized (this) {
            subscription = begun;
            if (closed) {
                begun.cancel();
                return;
            }
        }
        begun.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(T event) {
        try {
            listener.accept(event);
        } catch (RuntimeException failed) {
            failures.accept(failed);
        }
    }

    @Override
    public void onError(Throwable failed) {
        failures.accept(failed);
    }

    @Override
    public void onComplete() {
        // The last event said why.
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
