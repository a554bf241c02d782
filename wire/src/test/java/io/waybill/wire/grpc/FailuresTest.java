package io.waybill.wire.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.waybill.wire.failure.ErrorCode;
import io.waybill.wire.failure.WaybillException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

class FailuresTest {

    @ParameterizedTest
    @EnumSource
    void every_code_comes_back_as_itself(ErrorCode code) {
        StatusRuntimeException status = Failures.toStatus(new WaybillException(code, "a sentence"));

        WaybillException back = Failures.fromStatus(status, "the reader");

        assertThat(back.code()).isEqualTo(code);
        assertThat(back.sentence()).isEqualTo("a sentence");
        assertThat(back.field()).isEmpty();
        assertThat(back.retryAfter()).isEmpty();
        assertThat(back).hasCause(status);
    }

    @ParameterizedTest
    @CsvSource({
        "BAD_USER_INPUT, INVALID_ARGUMENT",
        "NOT_FOUND, NOT_FOUND",
        "AFTER_COMMAND_TIMEOUT, DEADLINE_EXCEEDED",
        "TIMEOUT, DEADLINE_EXCEEDED",
        "UNAVAILABLE, UNAVAILABLE",
        "UNAUTHENTICATED, UNAUTHENTICATED",
        "PERMISSION_DENIED, PERMISSION_DENIED",
        "RESOURCE_EXHAUSTED, RESOURCE_EXHAUSTED",
        "INTERNAL, INTERNAL"
    })
    void a_code_has_the_status_that_clients_expect(ErrorCode code, Status.Code status) {
        assertThat(Failures.toStatus(new WaybillException(code, "x")).getStatus().getCode())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "UNAVAILABLE, UNAVAILABLE, the reader does not answer now",
        "CANCELLED, UNAVAILABLE, the reader does not answer now",
        "DEADLINE_EXCEEDED, TIMEOUT, the reader did not answer in time",
        "UNIMPLEMENTED, INTERNAL, the reader failed",
        "RESOURCE_EXHAUSTED, INTERNAL, the reader failed"
    })
    void a_status_that_is_not_waybills_own_names_who_did_not_answer(
            Status.Code status, ErrorCode code, String sentence) {
        WaybillException failure =
                Failures.fromStatus(
                        status.toStatus().withDescription("secret").asRuntimeException(),
                        "the reader");

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.sentence()).isEqualTo(sentence);
    }

    @Test
    void what_futures_wrap_is_unwrapped() {
        WaybillException inner = new WaybillException(ErrorCode.NOT_FOUND, "no such thing");
        Throwable wrapped = new CompletionException(new ExecutionException(inner));
        Throwable wrappedStatus = new CompletionException(Status.UNAVAILABLE.asException());

        assertThat(Failures.fromStatus(wrapped, "x")).isSameAs(inner);
        assertThat(Failures.toStatus(wrapped).getStatus().getCode())
                .isEqualTo(Status.Code.NOT_FOUND);
        assertThat(Failures.fromStatus(wrappedStatus, "x").code()).isEqualTo(ErrorCode.UNAVAILABLE);
        assertThat(Failures.fromStatus(new TimeoutException(), "x").code())
                .isEqualTo(ErrorCode.TIMEOUT);
    }

    @Test
    void a_status_stays_as_it_is() {
        StatusRuntimeException status = Status.ABORTED.withDescription("x").asRuntimeException();

        assertThat(Failures.toStatus(status)).isSameAs(status);
        assertThat(Failures.toStatus(Status.ABORTED.asException()).getStatus().getCode())
                .isEqualTo(Status.Code.ABORTED);
    }
}
