package io.waybill.gateway.graphql.sse;

import graphql.ExecutionResult;

import io.waybill.gateway.graphql.execution.GraphQlExecution;
import io.waybill.gateway.graphql.failure.ClientError;
import io.waybill.gateway.graphql.failure.FieldFailures;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

import java.io.OutputStream;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One request's stream while it lasts. Its results go out one at a time; it ends with {@code
 * complete}, after an error too, or without a word when it is broken off. Safe for use by many
 * threads.
 */
final class EventStream implements Subscriber<ExecutionResult>, AsyncListener {

    private final StreamWriter writer;
    private @Nullable Subscription source;
    private boolean over;

    /**
     * A stream that answers a request.
     *
     * @param out where it is answered
     * @param owner is told when it is over and all that was to be written is, or never will be
     */
    EventStream(AsyncContext context, OutputStream out, Consumer<EventStream> owner) {
        this.writer = new StreamWriter(out, context::complete, this::stop);
        var _ = writer.over().thenRun(() -> owner.accept(this));
        context.addListener(this);
    }

    /** Lets the client see that its request was taken, before there is a result. */
    void open() {
        writer.comment();
    }

    /** Takes the result of the request, which for a subscription is the stream of its results. */
    @SuppressWarnings("unchecked") // graphql-java: a subscription's data is a publisher of results
    void executed(ExecutionResult result) {
        if (result.getData() instanceof Publisher<?> stream) {
            ((Publisher<ExecutionResult>) stream).subscribe(this);
        } else {
            last(result);
        }
    }

    /** Writes something if nothing was written for a while. */
    void keepAlive() {
        writer.comment();
    }

    /**
     * Ends it without {@code complete}, for the client to ask again; the future completes when that
     * is written.
     */
    CompletableFuture<Void> breakOff() {
        stop();
        return writer.end();
    }

    @Override
    public void onSubscribe(Subscription subscription) {
        boolean late;
        synchronized (this) {
            source = subscription;
            late = over;
        }
        if (late) {
            subscription.cancel();
        } else {
            subscription.request(1);
        }
    }

    @Override
    public void onNext(ExecutionResult result) {
        writer.write(StreamEvent.next(GraphQlExecution.shaped(result)), this::more);
    }

    private void more() {
        Subscription running;
        synchronized (this) {
            running = over ? null : source;
        }
        if (running != null) {
            running.request(1);
        }
    }

    @Override
    public void onError(Throwable failure) {
        last(
                ExecutionResult.newExecutionResult()
                        .addError(ClientError.of(FieldFailures.known(failure)))
                        .build());
    }

    @Override
    public void onComplete() {
        var _ = writer.end(StreamEvent.COMPLETE);
        stop();
    }

    private void last(ExecutionResult result) {
        writer.write(StreamEvent.next(result), () -> {});
        onComplete();
    }

    /** The container has ended it: the client is gone, or was told all. */
    private void ended() {
        writer.givenBack();
        stop();
    }

    private void stop() {
        Subscription running;
        synchronized (this) {
            over = true;
            running = source;
        }
        if (running != null) {
            running.cancel();
        }
    }

    @Override
    public void onComplete(AsyncEvent event) {
        ended();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
        ended();
    }

    @Override
    public void onError(AsyncEvent event) {
        ended();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
}
