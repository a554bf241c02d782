package io.waybill.gateway.outbox;

import java.util.concurrent.CompletionException;

/** What is behind the failure of a future. */
final class Causes {

    private Causes() {}

    static Throwable of(Throwable failure) {
        Throwable cause = failure.getCause();
        return failure instanceof CompletionException && cause != null ? of(cause) : failure;
    }
}
