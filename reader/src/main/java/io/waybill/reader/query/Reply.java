package io.waybill.reader.query;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.waybill.wire.grpc.Failures;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Answers a unary call when a future completes. */
public final class Reply {

    private Reply() {}

    /**
     * Answers with what the work brings: its value, or the status of its failure, thrown or later.
     * A call that was cancelled meanwhile is answered by nobody.
     */
    public static <A> void with(
            StreamObserver<A> call, Supplier<? extends CompletableFuture<A>> work) {
        if (call instanceof ServerCallStreamObserver<A> server) {
            // With a handler, answering a cancelled call does nothing; without one it throws.
            server.setOnCancelHandler(() -> {});
        }
        var _ =
                started(work)
                        .whenComplete(
                                (answer, failure) -> {
                                    if (failure != null) {
                                        call.onError(Failures.toStatus(cause(failure)));
                                    } else {
                                        call.onNext(answer);
                                        call.onCompleted();
                                    }
                                });
    }

    /** A future that fails with what the supplier throws. */
    public static <A> CompletableFuture<A> started(Supplier<? extends CompletableFuture<A>> work) {
        try {
            return work.get();
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** What a future failed with, without the wrapping of the steps after it. */
    public static Throwable cause(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? cause : failure;
    }
}
