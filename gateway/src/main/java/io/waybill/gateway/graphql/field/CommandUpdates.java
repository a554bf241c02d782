package io.waybill.gateway.graphql.field;

import io.waybill.gateway.follow.CommandStatus;
import io.waybill.gateway.follow.Follower;
import io.waybill.gateway.follow.Following;
import io.waybill.gateway.graphql.port.CommandOutcomes;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.identity.Principal;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * A command being followed, as a stream. A command has at most two statuses, so both are kept until
 * asked for: no more is ever held.
 */
record CommandUpdates(CommandOutcomes outcomes, Principal principal, String commandId)
        implements Publisher<CommandStatus> {

    @Override
    public void subscribe(Subscriber<? super CommandStatus> subscriber) {
        Stream stream = new Stream(subscriber);
        subscriber.onSubscribe(stream);
        stream.opened(outcomes.follow(principal, commandId, stream));
    }

    /**
     * One subscriber's stream. Its lock guards what is known, asked for and told; the subscriber is
     * called by one thread at a time, outside the lock.
     */
    private static final class Stream implements Follower, Subscription {

        private final Subscriber<? super CommandStatus> subscriber;
        private final java.util.ArrayDeque<CommandStatus> untold = new java.util.ArrayDeque<>();
        private @Nullable Following following;
        private @Nullable WaybillException failure;
        private long asked;
        private boolean ended;
        private boolean over;
        private boolean telling;

        Stream(Subscriber<? super CommandStatus> subscriber) {
            this.subscriber = subscriber;
        }

        void opened(Following opened) {
            boolean late;
            synchronized (this) {
                following = opened;
                late = over;
            }
            if (late) {
                opened.close();
            }
        }

        @Override
        public void status(CommandStatus status) {
            synchronized (this) {
                untold.add(status);
            }
            tell();
        }

        @Override
        public void completed() {
            synchronized (this) {
                ended = true;
            }
            tell();
        }

        @Override
        public void failed(WaybillException reason) {
            synchronized (this) {
                ended = true;
                failure = reason;
            }
            tell();
        }

        @Override
        public void request(long more) {
            synchronized (this) {
                asked = more > Long.MAX_VALUE - asked ? Long.MAX_VALUE : asked + Math.max(more, 0);
            }
            tell();
        }

        @Override
        public void cancel() {
            Following open;
            synchronized (this) {
                over = true;
                untold.clear();
                open = following;
            }
            if (open != null) {
                open.close();
            }
        }

        private void tell() {
            synchronized (this) {
                if (telling) {
                    return;
                }
                telling = true;
            }
            Runnable next = next();
            while (next != null) {
                next.run();
                next = next();
            }
        }

        /** What to tell now; null, and telling is over, when there is nothing. */
        private synchronized @Nullable Runnable next() {
            if (!over && asked > 0 && !untold.isEmpty()) {
                asked--;
                CommandStatus status = untold.remove();
                return () -> subscriber.onNext(status);
            }
            if (!over && ended && untold.isEmpty()) {
                over = true;
                WaybillException reason = failure;
                return reason == null ? subscriber::onComplete : () -> subscriber.onError(reason);
            }
            telling = false;
            return null;
        }
    }
}
