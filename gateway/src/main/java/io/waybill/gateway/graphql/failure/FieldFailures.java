package io.waybill.gateway.graphql.failure;

import graphql.execution.DataFetcherExceptionHandler;
import graphql.execution.DataFetcherExceptionHandlerParameters;
import graphql.execution.DataFetcherExceptionHandlerResult;

import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * Turns what a field failed with into an error for the client. A {@link WaybillException} keeps its
 * code and sentence; anything else is logged, and INTERNAL to the client.
 */
public final class FieldFailures implements DataFetcherExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(FieldFailures.class);

    private static final int DEEPEST_CAUSE = 10;

    @Override
    public CompletableFuture<DataFetcherExceptionHandlerResult> handleException(
            DataFetcherExceptionHandlerParameters parameters) {
        ClientError error =
                ClientError.of(
                        known(parameters.getException()),
                        List.of(parameters.getSourceLocation()),
                        parameters.getPath());
        return CompletableFuture.completedFuture(
                DataFetcherExceptionHandlerResult.newResult(error).build());
    }

    /** The failure as one that a client may see. What is unexpected is logged here. */
    public static WaybillException known(Throwable thrown) {
        Throwable failure = thrown;
        for (int depth = 0; depth < DEEPEST_CAUSE; depth++) {
            Throwable cause = failure.getCause();
            if (failure instanceof WaybillException || cause == null) {
                break;
            }
            failure = cause;
        }
        return switch (failure) {
            case WaybillException known -> known;
            case CancellationException cancelled ->
                    new WaybillException(ErrorCode.TIMEOUT, "the request was given up");
            default -> {
                LOG.error("A request failed unexpectedly", thrown);
                yield new WaybillException(
                        ErrorCode.INTERNAL,
                        "something went wrong inside Waybill; what it was is in its log");
            }
        };
    }
}
