package io.waybill.database.query;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.waybill.wire.grpc.Failures;

import java.util.concurrent.CompletableFuture;

/** Answers a call when its response is there. */
final class Answer {

    private Answer() {}

    /**
     * Answers with the response, or what it failed with.
     *
     * @param leaving what to do when the caller leaves before
     */
    static <R> void with(
            StreamObserver<R> observer, Runnable leaving, CompletableFuture<R> response) {
        if (!response.isDone()) {
            ((ServerCallStreamObserver<R>) observer).setOnCancelHandler(leaving);
        }
        var _ =
                response.whenComplete(
                        (answer, failure) -> {
                            if (failure == null) {
                                observer.onNext(answer);
                                observer.onCompleted();
                            } else {
                                observer.onError(Failures.toStatus(failure));
                            }
                        });
    }
}
