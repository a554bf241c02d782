package io.waybill.wire.failure;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Optional;

/**
 * A request that fails with a code, a sentence for a person, and where it applies a field and a
 * wait.
 */
public final class WaybillException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final @Nullable String field;
    private final @Nullable Duration retryAfter;

    /** Fails with a code and a sentence. */
    public WaybillException(ErrorCode code, String sentence) {
        this(code, sentence, null, null, null);
    }

    private WaybillException(
            ErrorCode code,
            String sentence,
            @Nullable String field,
            @Nullable Duration retryAfter,
            @Nullable Throwable cause) {
        super(sentence, cause);
        this.code = code;
        this.field = field;
        this.retryAfter = retryAfter;
    }

    /** A value that breaks a rule; the sentence begins with the field. */
    public static WaybillException badInput(String field, String sentence) {
        return new WaybillException(ErrorCode.BAD_USER_INPUT, sentence, field, null, null);
    }

    /** The same failure, about a field. */
    public WaybillException at(String field) {
        return new WaybillException(code, sentence(), field, retryAfter, getCause());
    }

    /** The same failure, with when to try again. */
    public WaybillException retryAfter(Duration wait) {
        return new WaybillException(code, sentence(), field, wait, getCause());
    }

    /** The same failure, with its cause for the log. */
    public WaybillException causedBy(Throwable cause) {
        return new WaybillException(code, sentence(), field, retryAfter, cause);
    }

    public ErrorCode code() {
        return code;
    }

    /** What went wrong, for a person. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    public Optional<String> field() {
        return Optional.ofNullable(field);
    }

    /** When trying again may help. */
    public Optional<Duration> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }
}
