package io.waybill.wire.grpc;

import io.grpc.StatusRuntimeException;
import io.waybill.wire.failure.WaybillException;

/**
 * Failures as gRPC statuses and back: the code as {@code google.rpc.ErrorInfo} with the domain
 * {@code waybill}, the field as {@code google.rpc.BadRequest}, the wait as {@code
 * google.rpc.RetryInfo}.
 */
public final class Failures {

    private Failures() {}

    /**
     * What a call fails with. A {@link WaybillException} keeps its code and sentence; a status
     * stays; anything else is INTERNAL with a sentence that gives nothing away.
     */
    public static StatusRuntimeException toStatus(Throwable failure) {
        throw new UnsupportedOperationException(failure);
    }

    /**
     * What a failed call means here. A status without Waybill's own details becomes UNAVAILABLE,
     * TIMEOUT or INTERNAL; the sentence names what did not answer.
     *
     * @param what what was called, for the sentence: {@code the reader}
     */
    public static WaybillException fromStatus(Throwable failure, String what) {
        throw new UnsupportedOperationException(what, failure);
    }
}
