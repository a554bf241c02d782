package io.waybill.gateway.rest;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How long a request's thread, which is a virtual one, waits for an answer. What is waited for ends
 * by itself; the limit is for what should never happen.
 */
record Waiting(Duration limit) {

    /**
     * The answer.
     *
     * @throws WaybillException why there is none
     */
    <T> T on(CompletableFuture<T> answer) {
        try {
            return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw failure(e);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new WaybillException(ErrorCode.TIMEOUT, "there was no answer in time; try again")
                    .causedBy(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new WaybillException(ErrorCode.UNAVAILABLE, "the gateway stops; try again")
                    .causedBy(e);
        }
    }

    private static WaybillException failure(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof WaybillException failure) {
                return failure;
            }
        }
        return new WaybillException(
                        ErrorCode.INTERNAL,
                        "something went wrong inside Waybill; what it was is in its log")
                .causedBy(thrown);
    }
}
