package io.waybill.wire.grpc;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.Durations;
import com.google.rpc.BadRequest;
import com.google.rpc.ErrorInfo;
import com.google.rpc.RetryInfo;

import io.grpc.Status;
import io.grpc.StatusException;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.StatusProto;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Failures as gRPC statuses and back: the code as {@code google.rpc.ErrorInfo} with the domain
 * {@code waybill}, the field as {@code google.rpc.BadRequest}, the wait as {@code
 * google.rpc.RetryInfo}.
 */
public final class Failures {

    private static final String DOMAIN = "waybill";

    private Failures() {}

    /**
     * What a call fails with. A {@link WaybillException} keeps its code and sentence; a status
     * stays; anything else is INTERNAL with a sentence that gives nothing away.
     */
    public static StatusRuntimeException toStatus(Throwable failure) {
        return switch (unwrapped(failure)) {
            case WaybillException known -> described(known);
            case StatusRuntimeException status -> status;
            case StatusException status ->
                    status.getStatus().asRuntimeException(status.getTrailers());
            default ->
                    described(
                            new WaybillException(
                                    ErrorCode.INTERNAL, "something went wrong in Waybill itself"));
        };
    }

    /**
     * What a failed call means here. A status without Waybill's own details becomes UNAVAILABLE,
     * TIMEOUT or INTERNAL; the sentence names what did not answer.
     *
     * @param what what was called, for the sentence: {@code the reader}
     */
    public static WaybillException fromStatus(Throwable failure, String what) {
        Throwable cause = unwrapped(failure);
        if (cause instanceof WaybillException known) {
            return known;
        }
        return detailed(cause).orElseGet(() -> plain(cause, what)).causedBy(cause);
    }

    private static StatusRuntimeException described(WaybillException failure) {
        com.google.rpc.Status.Builder status =
                com.google.rpc.Status.newBuilder()
                        .setCode(statusCode(failure.code()).value())
                        .setMessage(failure.sentence())
                        .addDetails(
                                Any.pack(
                                        ErrorInfo.newBuilder()
                                                .setDomain(DOMAIN)
                                                .setReason(failure.code().name())
                                                .build()));
        failure.field()
                .ifPresent(
                        field ->
                                status.addDetails(
                                        Any.pack(
                                                BadRequest.newBuilder()
                                                        .addFieldViolations(
                                                                BadRequest.FieldViolation
                                                                        .newBuilder()
                                                                        .setField(field)
                                                                        .setDescription(
                                                                                failure.sentence()))
                                                        .build())));
        failure.retryAfter()
                .ifPresent(
                        wait ->
                                status.addDetails(
                                        Any.pack(
                                                RetryInfo.newBuilder()
                                                        .setRetryDelay(
                                                                Durations.fromNanos(wait.toNanos()))
                                                        .build())));
        return StatusProto.toStatusRuntimeException(status.build());
    }

    private static Status.Code statusCode(ErrorCode code) {
        return switch (code) {
            case BAD_USER_INPUT, UNDECODABLE -> Status.Code.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.Code.NOT_FOUND;
            case IDEMPOTENCY_KEY_REUSED -> Status.Code.ALREADY_EXISTS;
            case AFTER_COMMAND_TIMEOUT, TIMEOUT -> Status.Code.DEADLINE_EXCEEDED;
            case RESOURCE_EXHAUSTED -> Status.Code.RESOURCE_EXHAUSTED;
            case UNAVAILABLE -> Status.Code.UNAVAILABLE;
            case UNAUTHENTICATED -> Status.Code.UNAUTHENTICATED;
            case PERMISSION_DENIED -> Status.Code.PERMISSION_DENIED;
            case EXPIRED,
                    ILLEGAL_STATE,
                    TOO_LATE,
                    UNKNOWN_CUSTOMER,
                    CUSTOMER_DISABLED,
                    UNKNOWN_RESTAURANT,
                    RESTAURANT_CLOSED,
                    UNKNOWN_ITEM,
                    PRICE_CHANGED,
                    CURRENCY_MISMATCH,
                    OUT_OF_STOCK,
                    RESERVED,
                    TOO_MANY_ITEMS,
                    INSUFFICIENT_FUNDS,
                    UNKNOWN_PAYMENT,
                    AMOUNT_MISMATCH,
                    AMOUNT_TOO_LARGE,
                    RESTAURANT_DECLINED,
                    TIMED_OUT,
                    STEP_FAILED,
                    CANCELLED,
                    UNDONE,
                    SAGA_OVER ->
                    Status.Code.FAILED_PRECONDITION;
            case POISON, INTERNAL -> Status.Code.INTERNAL;
        };
    }

    private static Optional<WaybillException> detailed(Throwable failure) {
        com.google.rpc.Status status = StatusProto.fromThrowable(failure);
        if (status == null) {
            return Optional.empty();
        }
        Optional<ErrorCode> code =
                detail(status, ErrorInfo.class)
                        .filter(info -> info.getDomain().equals(DOMAIN))
                        .flatMap(info -> errorCode(info.getReason()));
        return code.map(
                known -> {
                    WaybillException result = new WaybillException(known, status.getMessage());
                    Optional<String> field =
                            detail(status, BadRequest.class)
                                    .filter(bad -> bad.getFieldViolationsCount() > 0)
                                    .map(bad -> bad.getFieldViolations(0).getField());
                    Optional<Duration> wait =
                            detail(status, RetryInfo.class)
                                    .map(retry -> Durations.toNanos(retry.getRetryDelay()))
                                    .map(Duration::ofNanos);
                    result = field.isPresent() ? result.at(field.get()) : result;
                    return wait.isPresent() ? result.retryAfter(wait.get()) : result;
                });
    }

    private static <T extends Message> Optional<T> detail(
            com.google.rpc.Status status, Class<T> type) {
        for (Any detail : status.getDetailsList()) {
            if (detail.is(type)) {
                try {
                    return Optional.of(detail.unpack(type));
                } catch (InvalidProtocolBufferException e) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<ErrorCode> errorCode(String reason) {
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(reason)) {
                return Optional.of(code);
            }
        }
        return Optional.empty();
    }

    private static WaybillException plain(Throwable failure, String what) {
        Status.Code code =
                switch (failure) {
                    case StatusRuntimeException status -> status.getStatus().getCode();
                    case StatusException status -> status.getStatus().getCode();
                    case TimeoutException timeout -> Status.Code.DEADLINE_EXCEEDED;
                    default -> Status.Code.UNKNOWN;
                };
        return switch (code) {
            case UNAVAILABLE, CANCELLED ->
                    new WaybillException(ErrorCode.UNAVAILABLE, what + " does not answer now");
            case DEADLINE_EXCEEDED ->
                    new WaybillException(ErrorCode.TIMEOUT, what + " did not answer in time");
            default -> new WaybillException(ErrorCode.INTERNAL, what + " failed");
        };
    }

    private static Throwable unwrapped(Throwable failure) {
        Throwable inner = failure;
        while ((inner instanceof CompletionException || inner instanceof ExecutionException)
                && inner.getCause() != null) {
            inner = inner.getCause();
        }
        return inner;
    }
}
