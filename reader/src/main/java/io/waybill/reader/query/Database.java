package io.waybill.reader.query;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.StreamObserver;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;
import io.waybill.wire.grpc.Failures;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The database's query services. Holds no thread while a query runs; safe for use by many threads.
 *
 * <p>A query ends with its caller: when the call that is being served on this thread is cancelled
 * or passes its deadline, so does what it asked here.
 */
public final class Database {

    private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(1);

    private final Channel channel;

    /** Asks over a channel that carries the reader's credentials. */
    public Database(Channel channel) {
        this.channel = channel;
    }

    /**
     * Asks a query. The future completes on the channel's thread, within the terms' time; it fails
     * with {@link WaybillException} alone, and with UNAVAILABLE when the database cannot be reached
     * or keeps silent.
     */
    public <Q, A> CompletableFuture<A> ask(
            MethodDescriptor<Q, A> method, Q query, ReadTerms terms) {
        CompletableFuture<A> answer = new CompletableFuture<>();
        Deadline deadline = Deadline.after(terms.within().toNanos(), TimeUnit.NANOSECONDS);
        try {
            ClientCalls.asyncUnaryCall(
                    channel.newCall(method, CallOptions.DEFAULT.withDeadline(deadline)),
                    query,
                    new StreamObserver<A>() {
                        private @Nullable A received;

                        @Override
                        public void onNext(A value) {
                            received = value;
                        }

                        @Override
                        public void onError(Throwable failure) {
                            answer.completeExceptionally(meaning(failure, deadline, terms));
                        }

                        @Override
                        public void onCompleted() {
                            if (received == null) {
                                onError(Status.INTERNAL.asRuntimeException());
                            } else {
                                answer.complete(received);
                            }
                        }
                    });
        } catch (RuntimeException e) {
            answer.completeExceptionally(meaning(e, deadline, terms));
        }
        return answer;
    }

    private static WaybillException meaning(Throwable failure, Deadline deadline, ReadTerms terms) {
        return switch (Status.fromThrowable(failure).getCode()) {
            // Whoever waits in the database is told there, before the deadline; silence up to it is
            // no answer.
            case DEADLINE_EXCEEDED ->
                    deadline.isExpired()
                            ? unavailable("the database did not answer in time", failure)
                            : terms.late().causedBy(failure);
            case UNAVAILABLE -> unavailable("the database does not answer", failure);
            // Not the client's credentials are wrong but the reader's own.
            case UNAUTHENTICATED, PERMISSION_DENIED ->
                    unavailable("the database refuses the reader's credentials", failure);
            default -> Failures.fromStatus(failure, "the database");
        };
    }

    private static WaybillException unavailable(String sentence, Throwable cause) {
        return new WaybillException(ErrorCode.UNAVAILABLE, sentence)
                .retryAfter(TRY_AGAIN_AFTER)
                .causedBy(cause);
    }
}
