package io.waybill.gateway.subscription;

import graphql.ExecutionResult;
import graphql.GraphQLError;

import io.waybill.gateway.graphql.execution.GraphQlExecution;
import io.waybill.gateway.graphql.failure.ClientError;
import io.waybill.gateway.graphql.failure.FieldFailures;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

import java.util.List;

/**
 * One request of a connection while it runs. Of a stream the next result is asked for when the last
 * was written, so that a slow client skips states; it ends with {@code complete} or {@code error},
 * or silently when the client stops it. Safe for use by many threads.
 */
final class Operation implements Subscriber<ExecutionResult> {

    /** Is told once that an operation is over. */
    interface Owner {

        /** Forgets it, and says whether it was still known: if not, nothing more is sent. */
        boolean forget(Operation operation);
    }

    private final String id;
    private final Outgoing outgoing;
    private final Owner owner;
    private @Nullable Subscription source;
    private boolean stopped;

    Operation(String id, Outgoing outgoing, Owner owner) {
        this.id = id;
        this.outgoing = outgoing;
        this.owner = owner;
    }

    String id() {
        return id;
    }

    /** Takes the result of the request, which for a subscription is the stream of its results. */
    @SuppressWarnings("unchecked") // graphql-java: a subscription's data is a publisher of results
    void executed(ExecutionResult result) {
        if (result.getData() instanceof Publisher<?> stream) {
            ((Publisher<ExecutionResult>) stream).subscribe(this);
        } else if (result.getData() == null) {
            failed(result.getErrors());
        } else if (!isStopped()) {
            outgoing.send(SocketMessage.next(id, result));
            onComplete();
        }
    }

    /** Stops it: nothing more is sent. */
    void stop() {
        Subscription running;
        synchronized (this) {
            stopped = true;
            running = source;
        }
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        synchronized (this) {
            source = subscription;
        }
        if (isStopped()) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(ExecutionResult result) {
        if (!isStopped()) {
            outgoing.send(SocketMessage.next(id, GraphQlExecution.shaped(result)), this::more);
        }
    }

    private void more() {
        Subscription running;
        synchronized (this) {
            running = stopped ? null : source;
        }
        if (running != null) {
            running.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        failed(List.of(ClientError.of(FieldFailures.known(failure))));
    }

    @Override
    public void onComplete() {
        if (owner.forget(this)) {
            outgoing.send(SocketMessage.complete(id));
        }
    }

    private void failed(List<GraphQLError> errors) {
        if (owner.forget(this)) {
            outgoing.send(SocketMessage.error(id, errors));
        }
    }

    private synchronized boolean isStopped() {
        return stopped;
    }
}
